"""assets/basemap/tables.bin: the names of countries, boundaries, towns, seas and mountains."""

import csv
import json
import struct

import shapely
import zstandard

import places
import sources
import topology
import vector

MAGIC = b"CABT0001"
KINDS = {
    "International boundary (verify)": "international",
    "Disputed (please verify)": "disputed",
    "Indefinite (please verify)": "indefinite",
    "Line of control (please verify)": "line_of_control",
    "Indeterminant frontier": "indeterminate",
    "Lease limit": "lease_limit",
    "Overlay limit": "overlay_limit",
    "Admin-1 boundary": "province",
    "Admin-1 region boundary": "province",
    "Map unit boundary": "province",
    "Claim boundary": "claim",
    "Reference line": "claim",
    "Unrecognized": "unrecognized",
}
SETTLED = ("international", "province")
# Named by their cities, and named as places are.
CITIES = ("HKG", "MAC")
PLACES = ("TWN",)
NEVER = 99.0
NOBODY = {"en": "", "zh": "", "ko": ""}
LINE_NAMES = {
    "B05": {"en": "Line of Control", "zh": "克什米尔实际控制线", "ko": "카슈미르 통제선"},
    "B10": {"en": "Military Demarcation Line", "zh": "军事分界线", "ko": "군사분계선"},
    "B20": {"en": "UN buffer zone line in Cyprus", "zh": "塞浦路斯停火线", "ko": "키프로스 휴전선"},
    "B28": {"en": "Western Sahara line", "zh": "西撒哈拉边界线", "ko": "서사하라 경계선"},
    "B43": {"en": "UN buffer zone in Cyprus", "zh": "塞浦路斯联合国缓冲区", "ko": "유엔 키프로스 완충 지대"},
    "B49": {"en": "Ceasefire line of 1974", "zh": "1974年停火线", "ko": "1974년 휴전선"},
}
ZONE_NAMES = {
    "Korean Demilitarized Zone": {"en": "Demilitarized Zone", "zh": "非军事区", "ko": "비무장지대"},
    "UNDOF": {"en": "UN zone on the Golan", "zh": "戈兰联合国隔离区", "ko": "골란 유엔 완충 지대"},
    "Baikonur Cosmodrome": {"en": "Baikonur Cosmodrome", "zh": "拜科努尔航天发射场", "ko": "바이코누르 우주기지"},
}


def table(name):
    """Rows of a tab-separated file beside this one, comments left out."""
    with open(sources.HERE / name, encoding="utf-8") as text:
        return [row for row in csv.reader(text, delimiter="\t") if row and not row[0].startswith("#")]


def countries():
    fixes = {row[0]: row + [""] * (6 - len(row)) for row in table("country_names.tsv")}
    rows = [country_row(record, area, fixes) for record, area in sources.countries()]
    return rows + [{**row} for row in vector.ADDED_COUNTRIES]


def country_row(record, area, fixes):
    code = record["adm0_a3"]
    fix = fixes.get(code, [code] + [""] * 5)
    said = [
        record["iso_a2_eh"], record["iso_a3_eh"], record["name"], record["name_zh"], record["name_ko"],
    ]
    cells = ["" if new in ("-",) else new or old for new, old in zip(fix[1:], said)]
    cells = ["" if cell == "-99" else cell for cell in cells]
    bounds = main_bounds(area)
    return {
        "iso_a2": cells[0], "iso_a3": cells[1],
        "name": {"en": cells[2], "zh": cells[3], "ko": cells[4]},
        "label": {"lon": round(record["label_x"], 3), "lat": round(record["label_y"], 3)},
        "label_rank": int(record["labelrank"]),
        "min_zoom": NEVER if code in CITIES else round(max(float(record["min_label"]), 0.0), 1),
        "bounds": bounds,
        "aside": aside((record["label_x"], record["label_y"]), bounds, area),
        "elsewhere": elsewhere((record["label_x"], record["label_y"]), bounds, area),
        "is_place": code in PLACES,
    }


def aside(label, bounds, area):
    """Where the name may stand off its place: bit 5 * (down + 2) + right + 2 for steps of an eighth of the box, -2 to 2
    each way, where the middle of the name and half a step to both sides lie inside."""
    west, south, east, north = bounds
    step_x, step_y = (east - west) / 8, (north - south) / 8
    mask = 0
    for down in range(-2, 3):
        for right in range(-2, 3):
            x, y = label[0] + right * step_x, label[1] - down * step_y
            points = [shapely.Point(x + share * step_x, y) for share in (-0.5, 0.0, 0.5)]
            if all(area.covers(point) for point in points):
                mask |= 1 << (5 * (down + 2) + right + 2)
    return mask


def elsewhere(label, bounds, area):
    """Up to three more places for the name, as far inside as can be and two steps of `aside` apart from each other."""
    west, south, east, north = bounds
    step_x, step_y = (east - west) / 8, (north - south) / 8
    grid = [(west + (x + 0.5) * step_x / 2, south + (y + 0.5) * step_y / 2) for y in range(16) for x in range(16)]
    edge = area.boundary
    inside = [(edge.distance(shapely.Point(at)), at) for at in grid if area.covers(shapely.Point(at))]
    chosen = []
    for depth, at in sorted(inside, reverse=True):
        far = [abs(at[0] - other[0]) >= 2 * step_x or abs(at[1] - other[1]) >= 2 * step_y for other in [label, *chosen]]
        if all(far) and depth > 0.2 and len(chosen) < 3:
            chosen.append(at)
    return [{"lon": round(lon, 3), "lat": round(lat, 3)} for lon, lat in chosen]


def main_bounds(area):
    """West, south, east, north of the largest part and what lies within 20 degrees of it."""
    parts = sorted(topology.polygons_of(area), key=lambda part: -part.area)
    west, south, east, north = parts[0].bounds
    home = (west - 20.0, south - 20.0, east + 20.0, north + 20.0)
    for part in parts[1:]:
        w, s, e, n = part.bounds
        if home[0] <= w and e <= home[2] and home[1] <= s and n <= home[3]:
            west, south, east, north = min(west, w), min(south, s), max(east, e), max(north, n)
    return [round(value, 3) for value in (west, south, east, north)]


def boundaries(country_rows):
    names = {record["adm0_a3"]: row["name"] for (record, _), row in zip(sources.countries(), country_rows)}
    return [boundary_row(record, names) for record, _ in sources.boundaries()]


def boundary_row(record, names):
    kind = KINDS[record["featurecla"]]
    views = {
        key.removeprefix("fclass_").upper(): KINDS[value]
        for key, value in sorted(record.items())
        if key.startswith("fclass_") and key != "fclass_osm" and value and KINDS[value] != kind
    }
    name = ZONE_NAMES.get(record["name"]) or LINE_NAMES.get(record["brk_a3"])
    return {
        "id": int(record["ne_id"]),
        "kind": kind,
        "is_disputed": kind not in SETTLED,
        "left": side(record, "l", "left", names),
        "right": side(record, "r", "right", names),
        "name": name or NOBODY,
        "min_zoom": round(float(record["min_zoom"] or 0.0), 1),
        "views": list(views.items()),
    }


def side(record, letter, word, names):
    code = record[f"adm0_a3_{letter}"]
    if code in names:
        return names[code]
    spelled = record[f"adm0_{word}"]
    match = next((name for name in names.values() if name["en"] == spelled), None)
    if spelled and not match:
        print(f"boundary side without a country: {code} {spelled}")
    return match or NOBODY


def features():
    return [
        {
            "kind": kind,
            "name": {"en": en, "zh": zh, "ko": ko},
            "at": {"lon": float(lon), "lat": float(lat)},
            "min_zoom": float(least), "max_zoom": float(most), "angle_deg": float(angle),
        }
        for kind, lon, lat, least, most, angle, en, zh, ko in table("features.tsv")
    ]


def build(path):
    country_rows = countries()
    codes = {record["adm0_a3"]: row["iso_a2"] for (record, _), row in zip(sources.countries(), country_rows)}
    tables = {
        "countries": country_rows,
        "boundaries": boundaries(country_rows),
        "places": places.build(codes),
        "features": features(),
    }
    raw = json.dumps(tables, ensure_ascii=False, separators=(",", ":")).encode()
    packed = zstandard.ZstdCompressor(level=22, write_content_size=True).compress(raw)
    path.write_bytes(MAGIC + struct.pack("<I", len(raw)) + packed)
    return tables
