"""Towns: Natural Earth's populated places with the Chinese and Korean names that GeoNames knows."""

import csv
import json
import math
import re
import unicodedata

import opencc
import pypinyin

import sources

SIMPLE, FULL = opencc.OpenCC("t2s"), opencc.OpenCC("s2t")
HAN = re.compile(r"^[\u4e00-\u9fff·・‧－-]+$")
HANGUL = re.compile(r"^[\uac00-\ud7a3 ]+$")
HAN_ENDS = ("特别行政区", "广域市", "特别市", "特別行政區", "自治区", "自治區", "市镇", "首都", "市", "县", "縣", "郡", "府", "镇", "鎮", "区", "區", "地方")
HANGUL_ENDS = (" 특별시", "특별시", " 광역시", "광역시", " 특별행정구", " 시", " 현", " 구", " 군", " 읍", " 면", " 주")
# Forms that only Japanese writes: such a name is not the Chinese one.
JAPANESE_FORMS = set("満黒広沢浜斉県気駅竜塩関桜斎")
# Asia and its neighbours, where the atlas looks closest: towns of GeoNames are added here.
WINDOW = (25.0, -11.0, 146.0, 62.0)
ADDED_POPULATION = 150_000
# Codes of the places' table that the countries' table writes otherwise.
OTHER_CODES = {"SSD": "SDS", "PSE": "PSX", "SJM": "NOR"}
FIRST_ZOOM = [1.5, 2.4, 3.5, 5.0, 6.0, 6.6, 7.0, 7.6, 8.2, 8.6, 9.0]


def geonames():
    """{id: (name, alternates, lon, lat, country, population, feature code)}"""
    alternates = {
        int(row["geonameid"]): row["alternatenames"]
        for row in json.loads(sources.CITIES_JSON.read_text(encoding="utf-8")).values()
    }
    found = {}
    with open(sources.CITIES_TEXT, encoding="utf-8") as text:
        for line in text:
            cells = line.rstrip("\n").split("\t")
            number = int(cells[0])
            names = list(dict.fromkeys(cells[3].split(",") + alternates.get(number, [])))
            found[number] = (cells[1], names, float(cells[5]), float(cells[4]), cells[8], int(cells[14]), cells[7])
    return found


def plain(text):
    text = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^a-z]", "", "".join(c for c in text if not unicodedata.combining(c)).lower())


def apart_km(a, b):
    x = (a[0] - b[0]) * math.cos(math.radians((a[1] + b[1]) / 2))
    return math.hypot(x, a[1] - b[1]) * 111.2


class Finder:
    """Finds the GeoNames row of a Natural Earth place."""

    def __init__(self, rows):
        self.rows = rows
        self.cells = {}
        for number, row in rows.items():
            self.cells.setdefault((math.floor(row[2]), math.floor(row[3])), []).append(number)

    def near(self, lon, lat):
        x, y = math.floor(lon), math.floor(lat)
        return [n for dx in (-1, 0, 1) for dy in (-1, 0, 1) for n in self.cells.get((x + dx, y + dy), [])]

    def find(self, record):
        here = (record["longitude"], record["latitude"])
        number = int(record["geonameid"] or 0)
        row = self.rows.get(number)
        if row and apart_km(here, row[2:4]) < 60.0:
            return number
        wanted = {plain(record["name"]), plain(record["nameascii"])} | {
            plain(name) for name in re.split(r"[,|;]", record["namealt"] or "") if len(plain(name)) > 3
        }
        best = None
        for number in self.near(*here):
            row = self.rows[number]
            far = apart_km(here, row[2:4])
            known = {plain(row[0])} | {plain(name) for name in row[1]}
            if far < 45.0 and wanted & known:
                key = (-row[5], far, number)
                best = min(best, key) if best else key
        return best[2] if best else None


def without(name, ends):
    for end in ends:
        if name.endswith(end) and len(name) - len(end) >= 2:
            return name[: -len(end)].strip()
    return name


def chinese(names, country):
    """The likeliest simplified name: one that is written simplified and that the list also spells out."""
    spelled = {re.sub(r"[^a-z]", "", name.lower()) for name in names if name.isascii()}
    scores = {}
    for name in names:
        if not HAN.match(name) or not 2 <= len(name) <= 14 or JAPANESE_FORMS & set(name):
            continue
        simple = SIMPLE.convert(name)
        base = without(simple, HAN_ENDS) if len(simple) > 2 else simple
        score = 1.0 + (2.0 if simple == name and FULL.convert(name) != name else 0.0)
        score += 2.0 if "".join(pypinyin.lazy_pinyin(simple)) in spelled else 0.0
        score += 0.5 if country != "JP" and base == simple else 0.0
        scores[base] = scores.get(base, 0.0) + score
    return max(scores, key=lambda name: (scores[name], -len(name), name)) if scores else ""


def korean(names, country):
    """The likeliest name; where Koreans also read the characters, the longer one, which is today's."""
    ends = HANGUL_ENDS + (("시",) if country in ("KR", "KP", "CN", "JP", "TW") else ())
    scores = {}
    for name in names:
        if HANGUL.match(name) and len(name) <= 14:
            base = without(name, ends)
            scores[base] = scores.get(base, 0.0) + 1.0
    if not scores:
        return ""
    if country in ("CN", "JP", "TW"):
        return max(scores, key=lambda name: (len(name), scores[name], name))
    return max(scores, key=lambda name: (scores[name], -len(name), name))


def rank_of(record):
    """0 the greatest to 10: Natural Earth's scale rank, with seats of government one or two steps up."""
    scale = int(record["scalerank"])
    capital = record["featurecla"] == "Admin-0 capital"
    if capital and scale > 3:
        return 3 if record["pop_max"] > 60_000 else 4
    if capital and scale in (2, 3):
        return scale - 1
    if not capital and record["pop_max"] < (60_000 if scale <= 3 else 30_000):
        return max(scale, 6)
    return min(scale, 10)


def overrides():
    """{(country, name in Natural Earth): cells} corrected by hand: en, zh, ko, rank; empty keeps."""
    with open(sources.HERE / "place_names.tsv", encoding="utf-8") as text:
        rows = [row + [""] * 6 for row in csv.reader(text, delimiter="\t") if row and not row[0].startswith("#")]
    return {(row[0], row[1]): row[2:6] for row in rows}


def natural_earth_places(rows, fixed, codes):
    finder, used, places = Finder(rows), set(), []
    for record, _ in sources.places():
        if record["featurecla"] in ("Scientific station", "Historic place"):
            continue
        # France's far parts have codes of their own here, and only there are these right.
        own = record["adm0_a3"] == "FRA" and record["iso_a2"] != "-99"
        country = record["iso_a2"] if own else codes.get(OTHER_CODES.get(record["adm0_a3"], record["adm0_a3"]), "")
        number = finder.find(record)
        names = rows[number][1] if number else []
        used.add(number)
        keys = [(country, record["namealt"].strip()), (country, record["name"].strip())]
        key = next((key for key in keys if key in fixed), None)
        en, zh, ko, rank = fixed.pop(key, [""] * 4)
        places.append({
            "en": en or record["name"].strip(),
            "zh": zh or chinese(names, country),
            "ko": ko or korean(names, country),
            "country": country,
            "at": (record["longitude"], record["latitude"]),
            "rank": int(rank) if rank else rank_of(record),
            "population": max(int(record["pop_max"]), 0),
            "is_capital": record["featurecla"] == "Admin-0 capital",
        })
    return places, used


def added_places(rows, used, places, fixed):
    """Large towns of the window that Natural Earth lacks, and those named in the corrections."""
    west, south, east, north = WINDOW
    taken = {}
    for place in places:
        taken.setdefault((math.floor(place["at"][0]), math.floor(place["at"][1])), []).append(place["at"])
    added = []
    for number, (name, names, lon, lat, country, people, code) in sorted(rows.items(), key=lambda r: (-r[1][5], r[0])):
        inside = west <= lon <= east and south <= lat <= north
        named = (country, name) in fixed
        if number in used or code == "PPLX" or not (named or inside and people >= ADDED_POPULATION):
            continue
        cell = (math.floor(lon), math.floor(lat))
        close = [p for dx in (-1, 0, 1) for dy in (-1, 0, 1) for p in taken.get((cell[0] + dx, cell[1] + dy), [])]
        if not named and any(apart_km((lon, lat), other) < 14.0 for other in close):
            continue
        taken.setdefault(cell, []).append((lon, lat))
        en, zh, ko, rank = fixed.pop((country, name), [""] * 4)
        added.append({
            "en": en or name, "zh": zh or chinese(names, country), "ko": ko or korean(names, country),
            "country": country, "at": (lon, lat), "rank": int(rank or (6 if people > 500_000 else 7)),
            "population": people, "is_capital": False,
        })
    return added


def build(codes):
    """Rows for tables.json, most important first."""
    rows, fixed = geonames(), overrides()
    places, used = natural_earth_places(rows, fixed, codes)
    places += added_places(rows, used, places, fixed)
    for country, name in sorted(fixed):
        print(f"a name is corrected that is not there: {country} {name}")
    places.sort(key=lambda p: (p["rank"], -p["population"], p["en"], p["at"]))
    for place in places:
        lon, lat = place["at"]
        place["at"] = {"lon": round(lon, 4), "lat": round(lat, 4)}
        place["min_zoom"] = FIRST_ZOOM[place["rank"]]
    return places
