"""Where workers live: the codes of ISO 3166, and how one place covers another (REQ-07, REQ-08)."""

from typing import Final

import attrs

_COUNTRIES: Final = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA
CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA
GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS
MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS
RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW
TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
_US_SUBDIVISIONS: Final = """
AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS MT NC ND NE NH NJ NM NV NY
OH OK OR PA PR RI SC SD TN TX UM UT VA VI VT WA WI WV WY
"""

COUNTRIES: Final = frozenset(_COUNTRIES.split())
"""The two-letter codes of ISO 3166-1."""

US_SUBDIVISIONS: Final = frozenset(_US_SUBDIVISIONS.split())
"""The subdivisions of the US in ISO 3166-2: the states, the District of Columbia and the outlying areas."""


@attrs.frozen
class Locale:
    """A country, or one subdivision of it.

    Attributes:
        country: Two letters, of ISO 3166-1.
        subdivision: The two characters after the country in ISO 3166-2, as a US state has them; None for all of it.
    """

    country: str
    subdivision: str | None = None

    def covers(self, place: "Locale") -> bool:
        """Whether `place` lies here: a country covers all its subdivisions, a subdivision only itself (REQ-07)."""
        return self.country == place.country and self.subdivision in (None, place.subdivision)

    @property
    def unknown(self) -> str | None:
        """The code that is none of ISO 3166, if any (REQ-08).

        Only those of the US are told apart, as only they were of use; elsewhere any two capitals or digits pass.
        """
        if self.country not in COUNTRIES:
            return self.country
        code = self.subdivision
        if code is None:
            return None
        formed = len(code) == 2 and code.isascii() and code.isalnum() and code == code.upper()
        return None if (code in US_SUBDIVISIONS if self.country == "US" else formed) else code

    def __str__(self) -> str:
        return f"{self.country}-{self.subdivision}" if self.subdivision else self.country
