"""Cuts the net, the lakes and the rivers into square chunks and writes each as bytes.

A chunk is a run of unsigned varints (LEB128) in columns; src/basemap/chunk.rs is the other half:

    vertices   count, then zigzag steps of x, then of y (chunk units, from its north-west corner)
    land       group count, then per group: owner, triangle count; then three corner columns
    coast      line count, then kinds, point counts; then zigzag steps between vertex numbers
    borders    as coast; kind = number of the boundary feature
    vertices   of the lakes
    lakes      as land; owner = scale rank
    shores     as coast, on the lakes' vertices; kind = scale rank
    vertices   of the rivers
    rivers     as coast, on the rivers' vertices; kind = scale rank
"""

import mapbox_earcut
import numpy as np
import shapely

import topology
from topology import WORLD


def varints(values):
    out = bytearray()
    for value in values:
        while value > 127:
            out.append(value & 127 | 128)
            value >>= 7
        out.append(value)
    return bytes(out)


def zigzag(values):
    return [value << 1 if value >= 0 else (-value << 1) - 1 for value in values]


def steps(values):
    return zigzag([b - a for a, b in zip([0] + values[:-1], values)])


class Vertices:
    """Numbered corners of one chunk, in order of first use."""

    def __init__(self):
        self.numbers = {}

    def number(self, point):
        return self.numbers.setdefault(point, len(self.numbers))

    def written(self, origin, grid):
        points = list(self.numbers)
        columns = [[int(point[axis] - origin[axis]) // grid for point in points] for axis in (0, 1)]
        return varints([len(points)]) + varints(steps(columns[0])) + varints(steps(columns[1]))


def ring_points(ring):
    return [(int(x), int(y)) for x, y in ring.coords[:-1]]


def triangles(polygon, vertices):
    """Corner numbers of the triangles that fill one polygon."""
    rings = [ring_points(polygon.exterior)] + [ring_points(ring) for ring in polygon.interiors]
    points = [point for ring in rings for point in ring]
    numbers = [vertices.number(point) for point in points]
    flat = np.array(points, dtype=np.float64)
    ends = np.cumsum([len(ring) for ring in rings]).astype(np.uint32)
    corners = mapbox_earcut.triangulate_float64(flat, ends).reshape(-1, 3)
    a, b, c = flat[corners[:, 0]], flat[corners[:, 1]], flat[corners[:, 2]]
    area = np.abs((b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])).sum() / 2
    if abs(area - polygon.area) > 1e-6 * polygon.area + 0.5:
        return delaunay(polygon, vertices)
    return [tuple(numbers[corner] for corner in corner3) for corner3 in corners.tolist()]


def delaunay(polygon, vertices):
    """The slower way, for the few polygons that ear clipping does not fill."""
    parts = shapely.get_parts(shapely.constrained_delaunay_triangles(polygon))
    return [tuple(vertices.number(point) for point in ring_points(part.exterior)) for part in parts]


def written_areas(groups):
    """Groups of triangles, smallest corner first, in order: neighbours make small steps."""
    heads, columns = [], ([], [], [])
    previous = 0
    for owner, corners in groups:
        turned = sorted(turn(corner3) for corner3 in corners)
        heads += [owner, len(turned)]
        for a, b, c in turned:
            columns[0].append(a - previous)
            columns[1].append(b - a)
            columns[2].append(c - b)
            previous = a
    body = b"".join(varints(zigzag(column)) for column in columns)
    return varints([len(groups)]) + varints(heads) + body


def turn(corner3):
    first = corner3.index(min(corner3))
    return corner3[first:] + corner3[:first]


def written_lines(lines):
    """Lines as (kind, vertex numbers)."""
    kinds = [kind for kind, _ in lines]
    counts = [len(numbers) for _, numbers in lines]
    run = [number for _, numbers in lines for number in numbers]
    return varints([len(lines)]) + varints(kinds) + varints(counts) + varints(steps(run))


def on_edge(a, b, size):
    """Whether a segment runs along a chunk's edge (and so is a cut, not a coast)."""
    return (a[0] == b[0] and a[0] % size == 0) or (a[1] == b[1] and a[1] % size == 0)


def chains(edges):
    """Joins directed edges of the same kind into lines, in order of appearance."""
    following = {}
    for kind, a, b in edges:
        following.setdefault((kind, a), []).append(b)
    arriving = {(kind, b) for kind, a, b in edges}
    lines = []
    starts = [(kind, a) for kind, a, _ in edges if (kind, a) not in arriving]
    for start in starts + [(kind, a) for kind, a, _ in edges]:
        while following.get(start):
            line, here = [start[1]], start
            while following.get(here):
                line.append(following[here].pop(0))
                here = (here[0], line[-1])
            lines.append((start[0], line))
    return lines


def grid_lines(size):
    places = range(0, WORLD + 1, size)
    return [shapely.LineString([(p, 0), (p, WORLD)]) for p in places] + [
        shapely.LineString([(0, p), (WORLD, p)]) for p in places
    ]


def cut_faces(faces, size, grid, more_lines=()):
    """Faces and pieces by chunk: {(x, y): [(owner, polygon)]} and the noded pieces of `more_lines`."""
    lines = topology.lines_of(shapely.GeometryCollection(faces.polygons))
    pieces = topology.node(lines + list(more_lines) + grid_lines(size), grid)
    cut = topology.faces_from(pieces, faces)
    by_chunk = {}
    for polygon, owner in zip(cut.polygons, cut.owners):
        spot = polygon.representative_point()
        by_chunk.setdefault((int(spot.x) // size, int(spot.y) // size), []).append((owner, polygon))
    return by_chunk, pieces


def segments_by_chunk(lines, size, grid):
    """(kind, line) pairs cut at chunk edges: {(x, y): [(kind, points)]}, cut points shared by both sides."""
    found = {}
    for kind, line in lines:
        rounded = shapely.set_precision(line, grid, mode="pointwise")
        for part in topology.lines_of(rounded):
            for chunk, points in cut_line([tuple(p) for p in part.coords], size, grid):
                if len(points) > 1:
                    found.setdefault(chunk, []).append((kind, points))
    return found


def cut_line(points, size, grid):
    """Walks a line and splits it where it crosses a multiple of `size`."""
    dense = [points[0]]
    for a, b in zip(points, points[1:]):
        crossings = []
        for axis in (0, 1):
            low, high = sorted((a[axis], b[axis]))
            for edge in range((int(low) // size + 1) * size, int(np.ceil(high)), size):
                share = (edge - a[axis]) / (b[axis] - a[axis])
                other = round((a[1 - axis] + share * (b[1 - axis] - a[1 - axis])) / grid) * grid
                crossings.append((share, (edge, other) if axis == 0 else (other, edge)))
        dense += [point for _, point in sorted(crossings)] + [b]
    run, chunk_before = [], None
    for a, b in zip(dense, dense[1:]):
        if a == b or on_edge(a, b, size):
            continue
        chunk = (int((a[0] + b[0]) / 2) // size, int((a[1] + b[1]) / 2) // size)
        if chunk != chunk_before or run[-1] != a:
            if run:
                yield chunk_before, run
            run, chunk_before = [a], chunk
        run.append(b)
    if run:
        yield chunk_before, run
