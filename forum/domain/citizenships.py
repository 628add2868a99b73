"""Countries whose documents are likely at a gate: the three letters of a document and the two of CLDR.

ISO 3166-1; the neighbours first, then by the three letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_PAIRS: Final = (
    "RUS:RU KAZ:KZ ARE:AE ARM:AM AUT:AT AZE:AZ BEL:BE BGR:BG BLR:BY CAN:CA CHE:CH CHN:CN CUB:CU CYP:CY "
    "CZE:CZ DEU:DE DNK:DK EGY:EG ESP:ES EST:EE FIN:FI FRA:FR GBR:GB GEO:GE GRC:GR HKG:HK HRV:HR HUN:HU "
    "IDN:ID IND:IN IRL:IE IRN:IR IRQ:IQ ISR:IL ITA:IT JOR:JO JPN:JP KGZ:KG KOR:KR KWT:KW LTU:LT LUX:LU "
    "LVA:LV MDA:MD MEX:MX MNE:ME MNG:MN MYS:MY NLD:NL NOR:NO OMN:OM PAK:PK POL:PL PRT:PT QAT:QA ROU:RO "
    "SAU:SA SGP:SG SRB:RS SVK:SK SVN:SI SWE:SE THA:TH TJK:TJ TKM:TM TUN:TN TUR:TR UKR:UA USA:US UZB:UZ "
    "VNM:VN ZAF:ZA"
)
CITIZENSHIPS: Final[Mapping[str, str]] = MappingProxyType({pair[:3]: pair[4:] for pair in _PAIRS.split()})
STATELESS: Final = "XXA"  # Doc 9303, part 3: a stateless person
