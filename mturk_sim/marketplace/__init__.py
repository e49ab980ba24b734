"""The model: records, lifecycles as rows, rules, errors, money, and the world that is the only writer."""
