"""assets/basemap/vector.bin: land, lakes, coasts, borders and rivers in three levels of detail."""

import struct

import shapely
import zstandard

import chunks
import sources
import topology
from topology import BITS, WORLD

MAGIC = b"CABV0001"
LEASED = {"KAB": "KAZ", "USG": "CUB"}
# Rows after Natural Earth's: areas it counts to one side of a dispute, told apart here (west, south,
# east, north of the land that it gives to `within`).
APART = [{"within": "RUS", "box": (32.2, 44.2, 36.68, 46.4)}]
ADDED_COUNTRIES = [{
    "iso_a2": "", "iso_a3": "", "name": {"en": "Crimea", "zh": "克里米亚", "ko": "크림반도"},
    "label": {"lon": 34.3, "lat": 45.3}, "label_rank": 9, "min_zoom": 7.0, "bounds": [32.48, 44.38, 36.66, 46.2],
    "aside": 1 << 12, "elsewhere": [], "is_place": False,
}]


class Detail:
    """One level: chunks a side, its grid, and what it leaves out (net units: 2^-21 of the world)."""

    def __init__(self, number, side, grid, tolerance, speck, lake, river_rank):
        self.number, self.side, self.grid, self.tolerance = number, side, grid, tolerance
        self.speck, self.lake, self.river_rank = speck, lake, river_rank
        self.size = WORLD // side


DETAILS = [
    Detail(0, 2, 16, 300.0, 40_000.0, 60_000.0, 4),
    Detail(1, 8, 4, 60.0, 1_500.0, 4_000.0, 8),
    Detail(2, 32, 1, 0.0, 0.0, 0.0, 12),
]


def owners():
    """Which row of the country table each Natural Earth country counts as."""
    records = [record for record, _ in sources.countries()]
    index = {record["adm0_a3"]: number for number, record in enumerate(records)}
    return [index[LEASED.get(record["adm0_a3"], record["adm0_a3"])] for record in records]


def told_apart(code, owner, part):
    west, south, east, north = part.bounds
    for extra, rule in enumerate(APART):
        box = rule["box"]
        if code == rule["within"] and box[0] <= west and box[1] <= south and east <= box[2] and north <= box[3]:
            return len(sources.countries()) + extra
    return owner


def net():
    countries = sources.countries()
    tree = shapely.STRtree([area for _, area in countries])
    extra = [
        part
        for area in sources.land()
        for part in topology.polygons_of(area)
        if not len(tree.query(part, "intersects"))
    ]
    areas = [
        (told_apart(record["adm0_a3"], owner, part), part)
        for owner, (record, area) in zip(owners(), countries)
        for part in topology.polygons_of(area)
    ]
    return topology.build_net(areas, extra, [line for _, line in sources.boundaries()])


def lake_faces():
    polygons, ranks = [], []
    for record, area in sources.lakes():
        for polygon in topology.polygons_of(topology.project(area)):
            polygons.append(polygon)
            ranks.append(int(record["scalerank"]))
    lines = topology.lines_of(shapely.GeometryCollection(polygons))
    return topology.faces_from(topology.node(lines, 1), topology.Faces(polygons, ranks))


def river_lines():
    return [
        (int(record["scalerank"]), line)
        for record, shape in sources.rivers()
        if record["featurecla"] != "Lake Centerline"
        for line in topology.lines_of(topology.project(shape))
    ]


def chunk_lines(faces, marks, detail):
    """Coast and border lines of one chunk's faces; `marks` finds the boundary feature of segments."""
    count, directed = {}, []
    for _, polygon in faces:
        for line in topology.lines_of(shapely.GeometryCollection([polygon])):
            points = [(int(x), int(y)) for x, y in line.coords]
            for a, b in zip(points, points[1:]):
                key = (min(a, b), max(a, b))
                if key not in count:
                    directed.append((a, b))
                count[key] = count.get(key, 0) + 1
    directed = [(a, b) for a, b in directed if not chunks.on_edge(a, b, detail.size)]
    features = marks.of(directed)
    coast, borders = [], []
    for (a, b), feature in zip(directed, features):
        if count[(min(a, b), max(a, b))] == 1:
            coast.append((0, a, b))
        elif feature is not None:
            borders.append((feature, a, b))
    return chunks.chains(coast), chunks.chains(borders)


class Marks:
    """Finds which boundary feature a segment belongs to."""

    def __init__(self, features, grid):
        self.features = [index for index, _ in features]
        self.tree = shapely.STRtree([line for _, line in features])
        self.reach = 1.5 * grid

    def of(self, segments):
        found = [None] * len(segments)
        if not segments:
            return found
        lines = shapely.linestrings([[a, b] for a, b in segments])
        middles = shapely.line_interpolate_point(lines, 0.5, normalized=True)
        for segment, line in self.tree.query(middles, predicate="dwithin", distance=self.reach).T:
            feature = self.features[line]
            if found[segment] is None or feature < found[segment]:
                found[segment] = feature
        return found


def loose_lines(pieces, cut, features, detail):
    """Boundary pieces that separate no two areas (they end inside one): cut at chunk edges."""
    bounds = set()
    for faces in cut.values():
        for _, polygon in faces:
            for line in topology.lines_of(shapely.GeometryCollection([polygon])):
                points = list(line.coords)
                bounds.update((min(a, b), max(a, b)) for a, b in zip(points, points[1:]))
    loose = []
    for piece in pieces:
        points = list(piece.coords)
        loose += [(a, b) for a, b in zip(points, points[1:]) if (min(a, b), max(a, b)) not in bounds]
    loose = [(a, b) for a, b in loose if not chunks.on_edge(a, b, detail.size)]
    marks = Marks(features, detail.grid).of(loose)
    joined = chunks.chains([(mark, a, b) for (a, b), mark in zip(loose, marks) if mark is not None])
    return chunks.segments_by_chunk([(mark, shapely.LineString(line)) for mark, line in joined], detail.size, detail.grid)


def grouped(faces, vertices):
    """Triangles by owner, owners in order."""
    groups = {}
    for owner, polygon in sorted(faces, key=lambda face: (face[0], face[1].bounds)):
        groups.setdefault(owner, []).extend(chunks.triangles(polygon, vertices))
    return [(owner, corners) for owner, corners in sorted(groups.items()) if corners]


def numbered(lines, vertices):
    return [(kind, [vertices.number((int(x), int(y))) for x, y in line]) for kind, line in lines]


def build_detail(detail, faces, features, lakes, rivers):
    """Every chunk of one level as (x, y, bytes)."""
    thin, lines = topology.simplified(faces, features, detail.tolerance)
    thin = thin.without_specks(detail.speck)
    cut, pieces = chunks.cut_faces(thin, detail.size, detail.grid, [line for _, line in lines])
    loose = loose_lines(pieces, cut, lines, detail)
    water = [(p, o) for p, o in zip(lakes.polygons, lakes.owners) if p.area >= detail.lake]
    water = topology.Faces([p for p, _ in water], [o for _, o in water])
    if detail.tolerance:
        areas = shapely.coverage_simplify(water.polygons, detail.tolerance)
        pairs = [(area, owner) for area, owner in zip(areas, water.owners) if area.area > 0]
        water = topology.Faces([area for area, _ in pairs], [owner for _, owner in pairs])
    water_cut, _ = chunks.cut_faces(water, detail.size, detail.grid)
    streams = [
        (rank, line.simplify(detail.tolerance / 4) if detail.tolerance else line)
        for rank, line in rivers
        if rank <= detail.river_rank
    ]
    stream_cut = chunks.segments_by_chunk(streams, detail.size, detail.grid)
    marks = Marks(lines, detail.grid)
    for x, y in sorted(set(cut) | set(water_cut) | set(stream_cut) | set(loose)):
        parts = (cut.get((x, y), []), loose.get((x, y), []), water_cut.get((x, y), []), stream_cut.get((x, y), []))
        yield x, y, chunk_bytes(detail, (x, y), parts, marks)


def chunk_bytes(detail, place, parts, marks):
    faces, loose, water, streams = parts
    origin = (place[0] * detail.size, place[1] * detail.size)
    ground, pools, beds = chunks.Vertices(), chunks.Vertices(), chunks.Vertices()
    land = grouped(faces, ground)
    coast, borders = chunk_lines(faces, marks, detail)
    coast, borders = numbered(coast, ground), numbered(borders + loose, ground)
    pool_groups = grouped(water, pools)
    shores = []
    for rank in sorted({rank for rank, _ in water}):
        edge, _ = chunk_lines([face for face in water if face[0] == rank], NO_MARKS, detail)
        shores += [(rank, line) for _, line in edge]
    shores, rivers = numbered(shores, pools), numbered(streams, beds)
    return b"".join([
        ground.written(origin, detail.grid), chunks.written_areas(land),
        chunks.written_lines(coast), chunks.written_lines(borders),
        pools.written(origin, detail.grid), chunks.written_areas(pool_groups), chunks.written_lines(shores),
        beds.written(origin, detail.grid), chunks.written_lines(rivers),
    ])


class NoMarks:
    def of(self, segments):
        return [None] * len(segments)


NO_MARKS = NoMarks()


def build(path):
    """Writes the file: magic, level table, index (detail, x, y, offset, length, raw length), blobs."""
    faces, features = net()
    lakes, rivers = lake_faces(), river_lines()
    packer = zstandard.ZstdCompressor(level=22, write_content_size=True)
    index, blobs, offset = [], [], 0
    for detail in DETAILS:
        for x, y, raw in build_detail(detail, faces, features, lakes, rivers):
            blob = packer.compress(raw)
            index.append(struct.pack("<BxHHxxIII", detail.number, x, y, offset, len(blob), len(raw)))
            blobs.append(blob)
            offset += len(blob)
    levels = b"".join(
        struct.pack("<HBx", detail.side, 32 - BITS + detail.grid.bit_length() - 1) for detail in DETAILS
    )
    head = MAGIC + struct.pack("<II", len(DETAILS), len(index)) + levels + b"".join(index)
    path.write_bytes(head + b"".join(blobs))
