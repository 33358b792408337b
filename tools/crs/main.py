"""Writes assets/crs: coordinate systems, datums and their shifts to WGS 84, from the database of PROJ.

    python3 -m pip install pyproj==3.7.2 && python3 tools/crs/main.py

The numbers are those of the EPSG Geodetic Parameter Dataset and of Esri, as PROJ has them. Of the published shifts of
a datum each system gets the one that covers its area best; where none covers it, the accuracy that is written down
is the widest disagreement of the datum's shifts in that area.
"""

import math
import pathlib
import sqlite3
import sys
import warnings

import pyproj
from pyproj import CRS, Geod, Transformer

warnings.filterwarnings("ignore")
ASSETS = pathlib.Path(__file__).resolve().parents[2] / "assets" / "crs"
# What proj4rs projects.
KNOWN = set(
    "longlat lcc utm tmerc aea stere sterea merc webmerc somerc laea moll eqc aeqd krovak mill cea poly sinu omerc "
    "cass eqdc robin eqearth".split()
)
# Esri's systems of the world and of the continents; its others are parts of states.
ESRI = {*range(54001, 54050), *range(102001, 102040), 102100, 102113, 900913}
# Datums that the EPSG has no shift for, and what is known of their distance from WGS 84 in metres.
#
# 1043, CGCS2000, is ITRF97 at the epoch 2000.0. 6610, Xian 1980: the State Bureau of Surveying and Mapping's guide on moving to CGCS2000 gives -9 to 43 m north, 76 to 119 m
# east in all of China. 1045, New Beijing, is the same net on another ellipsoid.
UNSHIFTED = {1043: 1, 6610: 130, 1045: 150}
# The sphere of the first code of Web Mercator, which was meant as WGS 84.
SPHERE, WGS84 = 6055, 6326
# What nobody has said anything of: the widest distance of a datum from WGS 84, and that of one about the Earth's centre.
REGIONAL, GEOCENTRIC = 1000, 5
# Datums of which the EPSG names the ellipsoid alone.
UNSPECIFIED = range(6001, 6056)
# Shifts whose stated accuracy stands for "not known".
UNKNOWN = 999
# What proj4rs computes otherwise than PROJ does.
FAULTY = {8044, 8045, 9311, 54025}
# Systems that numbers in metres are tried in, the likeliest first: of China with the zone in the number, of Korea,
# Hong Kong, and those that many countries share.
TRIED = [
    *range(4491, 4502), *range(4513, 4534), 5179, 5186, 5185, 5187, 5188, 5174, 5173, 5176, 5181, 2326,
    *range(2327, 2338), *range(2349, 2370), *range(21413, 21424), *range(2401, 2422),
    *range(32642, 32653), *range(4502, 4513), *range(4534, 4555), *range(28406, 28416),
]
WEB_MERCATOR, REGION = 3857, (40, -10, 150, 60)
DROPPED = {"datum", "ellps", "towgs84", "nadgrids", "a", "b", "rf", "R", "type", "no_defs", "wktext", "geoidgrids"}
GEOD = Geod(ellps="WGS84")


class Shift:
    """A published operation from a datum to WGS 84, as a position vector transformation."""

    def __init__(self, row):
        (self.code, self.name, self.method, accuracy, *values) = row[:15]
        self.accuracy = UNKNOWN if accuracy is None else accuracy
        t, r, s, pivot = values[:3], [v or 0.0 for v in values[3:6]], values[6] or 0.0, values[7:10]
        if "Coordinate Frame" in self.method or "CF" in self.method:
            r = [-v for v in r]
        if "Molodensky" in self.method:
            # The pivot goes into the translation: T + P - (1 + s) R P.
            rx, ry, rz = (math.radians(v / 3600) for v in r)
            x, y, z = pivot
            turned = (x - rz * y + ry * z, rz * x + y - rx * z, -ry * x + rx * y + z)
            t = [a + p - (1 + s * 1e-6) * q for a, p, q in zip(t, pivot, turned)]
        self.values = [*t, *r, s] if any(r) or s else t
        self.area, self.box = row[15], Box(*row[16:20])

    def text(self):
        return ",".join(number(v) for v in self.values)


class Box:
    def __init__(self, west, south, east, north):
        self.west, self.south, self.east, self.north = west, south, east + 360 * (east < west), north

    def text(self):
        """In whole degrees outwards; an east beyond 180 goes on over the edge of the world."""
        return ",".join(map(str, map(math.floor, (self.west, self.south)))) + "," + ",".join(
            map(str, map(math.ceil, (self.east, self.north)))
        )

    def size(self):
        return max(self.east - self.west, 1e-6) * max(self.north - self.south, 1e-6)

    def shared(self, other):
        best = 0
        for turn in (-360, 0, 360):
            wide = min(self.east, other.east + turn) - max(self.west, other.west + turn)
            high = min(self.north, other.north) - max(self.south, other.south)
            if wide > 0 and high > 0:
                best = max(best, wide * high)
        return best / self.size()

    def middle(self):
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    def places(self):
        lons = [self.west + (self.east - self.west) * part for part in (0.1, 0.5, 0.9)]
        lats = [self.south + (self.north - self.south) * part for part in (0.1, 0.5, 0.9)]
        return [(lon, lat) for lon in lons for lat in lats]


def number(value):
    text = f"{round(value, 6):.10g}"
    return "0" if text == "-0" else text


def shifts_of(db):
    """The shifts to WGS 84 of each geographic system, those over a system a metre from it among them."""
    query = """select h.source_crs_code, h.target_crs_code, h.code, h.name, h.method_name, h.accuracy, h.tx, h.ty,
        h.tz, h.rx, h.ry, h.rz, h.scale_difference, h.px, h.py, h.pz, h.pivot_uom_code, e.name, e.west_lon,
        e.south_lat, e.east_lon, e.north_lat, h.rotation_uom_code, h.scale_difference_uom_code
        from helmert_transformation h
        join usage u on u.object_table_name = 'helmert_transformation' and u.object_auth_name = h.auth_name
            and u.object_code = h.code
        join extent e on e.auth_name = u.extent_auth_name and e.code = u.extent_code
        where h.auth_name = 'EPSG' and not h.deprecated and h.rate_tx is null and h.rate_rx is null
            and h.method_name not like '%Time%' and e.west_lon is not null"""
    turns = {None: 1, 9104: 1, 1031: 1e-3, 9110: None, 9101: 180 / math.pi * 3600}
    scales = {None: 1, 9202: 1, 1028: 1e-3, 9201: 1e6}
    direct, onward = {}, {}
    for row in db.execute(query):
        source, target, values = int(row[0]), int(row[1]), list(row[2:])
        turn, scale = turns.get(row[22]), scales.get(row[23])
        if turn is None or scale is None:
            continue
        for at in (7, 8, 9):
            values[at] = values[at] and values[at] * turn
        values[10] = values[10] and values[10] * scale
        shift = Shift(values)
        (direct if target == 4326 else onward).setdefault(source, []).append((target, shift))
    null = {}
    for source, all_of in direct.items():
        near = [s for _, s in all_of if not any(s.values) and s.accuracy <= 3]
        if near:
            null[source] = min(s.accuracy for s in near)
    found = {source: [shift for _, shift in all_of] for source, all_of in direct.items()}
    for source, all_of in onward.items():
        for target, shift in all_of:
            if target in null:
                shift.accuracy += null[target]
                found.setdefault(source, []).append(shift)
    datum_of = "select code, datum_code from geodetic_crs where auth_name = 'EPSG' and datum_code is not null"
    by_datum = {}
    for code, datum in db.execute(datum_of):
        by_datum.setdefault(int(datum), []).extend(found.get(int(code), []))
    # A datum that counts from another meridian is the same net: "NTF (Paris)".
    named = {name: int(code) for code, name in db.execute(
        "select code, name from geodetic_datum where auth_name = 'EPSG' and not deprecated"
    )}
    for name, code in named.items():
        twin = named.get(name.rsplit(" (", 1)[0])
        if twin and not by_datum.get(code):
            by_datum[code] = by_datum.get(twin, [])
    return by_datum


def moved(shift, ellipsoid, place):
    """Where a place of the datum lies in WGS 84."""
    values = shift.values if shift else [0, 0, 0]
    names = ["x", "y", "z", "rx", "ry", "rz", "s"]
    helmert = " ".join(f"+{name}={value}" for name, value in zip(names, values))
    convention = "+convention=position_vector" if len(values) > 3 else ""
    a, rf = ellipsoid
    shape = f"+a={a} +rf={rf}" if rf else f"+a={a} +b={a}"
    pipeline = (
        f"+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=cart {shape} "
        f"+step +proj=helmert {helmert} {convention} +step +inv +proj=cart +ellps=WGS84 "
        "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )
    return Transformer.from_pipeline(pipeline).transform(*place, 0)[:2]


def chosen(shifts, box, ellipsoid):
    """The shift for an area, and within how many metres it holds there."""
    def rank(shift):
        covered = box.shared(shift.box)
        middle = GEOD.inv(*shift.box.middle(), *box.middle())[2]
        step = 3 if covered > 0.9 else 2 if covered > 0.5 else 1 if covered > 0 else 0
        # Of two that cover all, the more exact; of two that do not, the one of the nearer middle.
        return (shift.accuracy < UNKNOWN, step, -shift.accuracy if step > 1 else 0, -middle)

    best = max(shifts, key=rank)
    accuracy = best.accuracy
    if box.shared(best.box) <= 0.9:
        near = [s for s in shifts if s.accuracy < UNKNOWN] or shifts
        spread = 0.0
        for place in box.places():
            own = moved(best, ellipsoid, place)
            spread = max([spread, *(GEOD.inv(*own, *moved(s, ellipsoid, place))[2] for s in near if s is not best)])
        # One shift alone says nothing of how far it strays elsewhere.
        accuracy += spread if len(near) > 1 else max(accuracy, 5.0)
    return best, accuracy


def rounded(metres):
    """Up, to two digits at most; nothing but WGS 84 itself is nearer than a metre."""
    if metres <= 0:
        return 0
    step = 10 ** max(math.floor(math.log10(metres)) - 1, 0)
    if metres < 1:
        return 1
    return int(math.ceil(metres / step - 1e-9) * step)


def params_of(crs):
    kept = []
    parts = [part.lstrip("+").partition("=") for part in crs.to_proj4().split()]
    values = {name: value for name, _, value in parts}
    # Formulas of the sphere over degrees of an ellipsoid keep their sphere.
    is_sphere = "R" in values or (crs.is_projected and values.get("a", 0) == values.get("b", 1))
    for part, (name, _, value) in zip(crs.to_proj4().split(), parts):
        if is_sphere and name in ("a", "b", "R"):
            kept.append(part.lstrip("+"))
        elif name not in DROPPED and (name, value) != ("units", "m"):
            kept.append(part.lstrip("+"))
    if crs.is_projected and "units" not in " ".join(kept) and "proj=longlat" in kept:
        return None
    # What PROJ takes unsaid is not said, to keep the table small.
    unsaid = {"x_0=0", "y_0=0"} | ({"lat_0=0", "k=1"} if values.get("proj") == "tmerc" else set())
    return " ".join(part for part in kept if part not in unsaid)


def box_of(crs):
    area = crs.area_of_use
    return Box(area.west, area.south, area.east, area.north) if area and area.south >= -90 else None


def guesses():
    """The numbers that the area of each system has in it."""
    def row(code, area):
        crs = CRS.from_epsg(code)
        west, south, east, north = area or (lambda a: (a.west, a.south, a.east, a.north))(crs.area_of_use)
        to = Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True)
        return [code, *(round(value) for value in to.transform_bounds(west, south, east, north))]

    regional = [row(WEB_MERCATOR, REGION)]
    return regional + [row(code, None) for code in TRIED] + [row(WEB_MERCATOR, None)]


def check(systems, path):
    """One place of each system in its own numbers and in WGS 84, for whoever compares."""
    lines = []
    for code, (_, _, shift, _, _, crs, ellipsoid, box) in sorted(systems.items()):
        lon, lat = box.middle()
        lon, lat = (lon + 0.3 + 180) % 360 - 180, lat + (0.2 if lat < 80 else -0.2)
        base = CRS.from_json_dict({**crs.geodetic_crs.to_json_dict()})
        own = moved(shift, ellipsoid, (lon, lat)) if shift else (lon, lat)
        meridian = base.prime_meridian
        grad = math.pi / 200
        turned = lon - math.degrees(meridian.longitude * meridian.unit_conversion_factor)
        unit = 0.9 if abs(base.axis_info[0].unit_conversion_factor - grad) < 1e-9 else 1
        x, y = turned, lat
        if crs.is_projected:
            try:
                x, y = Transformer.from_crs(base, crs, always_xy=True).transform(turned / unit, lat / unit)[:2]
            except pyproj.exceptions.ProjError:
                continue
        lines.append(f"{code}\t{x!r}\t{y!r}\t{own[0]!r}\t{own[1]!r}\n")
    pathlib.Path(path).write_text("".join(lines))


def main():
    db = sqlite3.connect(pathlib.Path(pyproj.datadir.get_data_dir()) / "proj.db")
    shifts = shifts_of(db)
    query = """select auth_name, code, code, datum_code from geodetic_crs
        where type in ('geographic 2D', 'geographic 3D') and auth_name = 'EPSG' and datum_code is not null
        union all select p.auth_name, p.code, p.geodetic_crs_code, g.datum_code from projected_crs p
        join geodetic_crs g on g.auth_name = p.geodetic_crs_auth_name and g.code = p.geodetic_crs_code
        where p.auth_name in ('EPSG', 'ESRI') and g.auth_name = 'EPSG' and g.datum_code is not null"""
    systems, datums, used = {}, {}, {}
    for authority, code, base, datum in db.execute(query).fetchall():
        code, base, datum = int(code), int(base), int(datum)
        if (authority == "ESRI" and code not in ESRI) or code in FAULTY:
            continue
        if datum == SPHERE:
            base, datum = 4326, WGS84
        made = system((authority, code, base, datum), shifts, datums, used)
        if made:
            systems[code] = made
    name_datums(db, datums)
    write(systems, datums, used)
    for path in sys.argv[1:]:
        check(systems, path)


def system(names, shifts, datums, used):
    authority, code, geographic, datum = names
    try:
        crs = CRS.from_authority(authority, code)
        params = params_of(crs)
    except pyproj.exceptions.CRSError:
        return None
    base = crs.geodetic_crs
    if not params or params.split()[0].removeprefix("proj=") not in KNOWN or base is None:
        return None
    is_degrees = crs.is_projected or abs(crs.axis_info[0].unit_conversion_factor - math.pi / 180) < 1e-9
    is_round = geographic == 4326 and code == 4055
    if "Intermediate" in base.datum.name or not is_degrees or is_round:
        return None
    box = box_of(crs) or box_of(base) or Box(-180, -90, 180, 90)
    ellipsoid = (base.ellipsoid.semi_major_metre, base.ellipsoid.inverse_flattening)
    shift, accuracy = shift_for(datum, geographic, shifts, box, ellipsoid)
    if shift:
        used[shift.code] = shift
    if base.to_epsg() == geographic or geographic == code:
        own = datums.setdefault(datum, [ellipsoid, shift, accuracy, set()])
        own[3] |= {base.name, base.datum.name}
        if geographic == code:
            own[1:3] = shift, accuracy
    return crs.name, datum, shift, accuracy, params, crs, ellipsoid, box


def shift_for(datum, geographic, shifts, box, ellipsoid):
    if datum == WGS84:
        return None, 0
    if datum in UNSHIFTED:
        return None, UNSHIFTED[datum]
    own = shifts.get(datum)
    if own:
        shift, accuracy = chosen(own, box, ellipsoid)
        is_null = not any(shift.values) and abs(ellipsoid[1] - 298.257) < 0.01
        return None if is_null else shift, max(accuracy, 1) if shift.accuracy < UNKNOWN else REGIONAL
    # Over other systems, as PROJ knows the ways; those of this century lie within metres of each other.
    group = pyproj.transformer.TransformerGroup(f"EPSG:{geographic}", "EPSG:4326", always_xy=True)
    exact = [t.accuracy for t in group.transformers if t.accuracy is not None and t.accuracy >= 0]
    if abs(ellipsoid[0] - 6378137) > 1 or datum in UNSPECIFIED:
        return None, REGIONAL
    return None, max(2, min(exact)) if exact else GEOCENTRIC


def name_datums(db, datums):
    for code, name in db.execute(
        "select code, alt_name from alias_name where table_name = 'geodetic_datum' and auth_name = 'EPSG'"
    ):
        if int(code) in datums and int(code) != SPHERE:
            datums[int(code)][3].add(name)


def write(systems, datums, used):
    ASSETS.mkdir(parents=True, exist_ok=True)
    lines = []
    for code, (name, datum, shift, accuracy, params, *_, box) in sorted(systems.items()):
        shift = shift.code if shift else "-"
        lines.append([code, name, datum, shift, rounded(accuracy), box.text(), params])
    save("systems.tsv", lines)
    save("datums.tsv", [
        [code, number(a), f"{rf:.12g}", shift.code if shift else "-", rounded(accuracy), "|".join(sorted(names))]
        for code, ((a, rf), shift, accuracy, names) in sorted(datums.items())
    ])
    save("guesses.tsv", guesses())
    save("shifts.tsv", [
        [code, shift.name, shift.area, number(shift.accuracy), shift.text()] for code, shift in sorted(used.items())
    ])


def save(name, rows):
    text = "".join("\t".join(str(cell) for cell in row) + "\n" for row in rows)
    (ASSETS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
