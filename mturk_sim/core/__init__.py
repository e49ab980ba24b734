"""The engine: state tables, timers, clock, draws, ids, indexes and the journal. It knows nothing of MTurk."""
