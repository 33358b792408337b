"""Country areas and boundary lines as one planar net, so that neighbours share every vertex.

Units here are steps of 2^-21 of the world's width on the Web Mercator square, y down.
"""

import numpy as np
import shapely

BITS = 21
WORLD = 1 << BITS
MAX_LATITUDE = 85.0511287798066
NO_COUNTRY = 0xFFFF


def project(geometry):
    """Degrees to net units, clipped to the Mercator square and rounded."""
    clipped = shapely.clip_by_rect(shapely.make_valid(geometry), -180.0, -MAX_LATITUDE, 180.0, MAX_LATITUDE)
    return shapely.transform(clipped, project_points)


def project_points(points):
    lon, lat = points[:, 0], np.radians(np.clip(points[:, 1], -MAX_LATITUDE, MAX_LATITUDE))
    x = (lon + 180.0) / 360.0
    y = 0.5 - np.arctanh(np.sin(lat)) / (2.0 * np.pi)
    return np.clip(np.rint(np.column_stack([x, y]) * WORLD), 0, WORLD)


def lines_of(geometry):
    """Every line string in a geometry, rings included."""
    lines = []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            lines.append(shapely.LineString(part.exterior.coords))
            lines.extend(shapely.LineString(ring.coords) for ring in part.interiors)
        elif part.geom_type == "LineString":
            lines.append(part)
        elif part.geom_type in ("MultiPolygon", "MultiLineString", "GeometryCollection"):
            lines.extend(lines_of(part))
    return lines


def polygons_of(geometry):
    found = []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            found.append(part)
        elif part.geom_type in ("MultiPolygon", "GeometryCollection"):
            found.extend(polygons_of(part))
    return found


def node(lines, grid):
    """All lines split where they meet, on a grid of `grid` units, each piece once."""
    merged = shapely.unary_union(shapely.MultiLineString(lines), grid_size=grid)
    return [line for line in lines_of(merged) if line.length > 0]


class Faces:
    """Areas without overlap, each with its owner; `owner_of` answers for points."""

    def __init__(self, polygons, owners):
        self.polygons = polygons
        self.owners = owners
        self.tree = shapely.STRtree(polygons)

    def owners_of(self, points):
        """The owner under each point, or None."""
        found = [None] * len(points)
        for point, face in self.tree.query(points, predicate="intersects").T:
            if found[point] is None or self.owners[face] < found[point]:
                found[point] = self.owners[face]
        return found

    def without_specks(self, area):
        """Drops lone islands smaller than `area`, but never the largest piece an owner has."""
        touching = self.tree.query(self.polygons, predicate="intersects")
        alone = np.bincount(touching[0], minlength=len(self.polygons)) == 1
        largest = {}
        for index, polygon in enumerate(self.polygons):
            owner = self.owners[index]
            if owner not in largest or polygon.area > self.polygons[largest[owner]].area:
                largest[owner] = index
        kept = [
            index
            for index, polygon in enumerate(self.polygons)
            if polygon.area >= area or not alone[index]
            or (largest[self.owners[index]] == index and self.owners[index] != NO_COUNTRY)
        ]
        return Faces([self.polygons[i] for i in kept], [self.owners[i] for i in kept])


def faces_from(lines, areas):
    """Polygonizes noded lines and asks `areas` who owns each face; faces of nobody are sea."""
    faces = list(shapely.get_parts(shapely.polygonize(lines)))
    points = [face.representative_point() for face in faces]
    owners = areas.owners_of(points)
    kept = [index for index, owner in enumerate(owners) if owner is not None]
    return Faces([faces[i] for i in kept], [owners[i] for i in kept])


def build_net(country_areas, extra_land, boundary_lines):
    """The fine net: faces with owners, and for each boundary feature its noded line pieces."""
    polygons, owners = [], []
    for owner, area in country_areas:
        for polygon in polygons_of(project(area)):
            polygons.append(polygon)
            owners.append(owner)
    for area in extra_land:
        for polygon in polygons_of(project(area)):
            polygons.append(polygon)
            owners.append(NO_COUNTRY)
    lines = [line for polygon in polygons for line in lines_of(shapely.MultiPolygon([polygon]))]
    projected = [lines_of(project(line)) for line in boundary_lines]
    lines += [line for parts in projected for line in parts]
    pieces = node(lines, 1)
    faces = faces_from(pieces, Faces(polygons, owners))
    return faces, feature_pieces(pieces, projected)


def feature_pieces(pieces, projected):
    """(feature, line) for every noded piece that lies on a boundary line, merged per feature."""
    flat = [(index, part) for index, parts in enumerate(projected) for part in parts]
    tree = shapely.STRtree([part for _, part in flat])
    middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    found = {}
    for piece, part in tree.query(middles, predicate="dwithin", distance=1.5).T:
        index = flat[part][0]
        ends = shapely.points([pieces[piece].coords[0], pieces[piece].coords[-1]])
        if (shapely.distance(ends, flat[part][1]) < 1.5).all():
            found.setdefault(int(piece), index)
    grouped = {}
    for piece, index in sorted(found.items()):
        grouped.setdefault(index, []).append(pieces[piece])
    return [
        (index, line)
        for index in sorted(grouped)
        for line in lines_of(shapely.line_merge(shapely.MultiLineString(grouped[index])))
    ]


def simplified(faces, features, tolerance):
    """The net with fewer vertices: shared borders stay shared, and boundary lines follow them."""
    if tolerance == 0:
        return faces, features
    areas = shapely.coverage_simplify(faces.polygons, tolerance)
    kept_areas = [(area, owner) for area, owner in zip(areas, faces.owners) if area.area > 0]
    thin = Faces([area for area, _ in kept_areas], [owner for _, owner in kept_areas])
    before = set(map(tuple, np.concatenate([shapely.get_coordinates(p) for p in faces.polygons])))
    after = set(map(tuple, np.concatenate([shapely.get_coordinates(p) for p in thin.polygons])))
    lines = []
    for index, line in features:
        points = list(line.coords)
        if any(point in before for point in points[1:-1]) or all(point in before for point in points):
            points = [p for i, p in enumerate(points) if p in after or i in (0, len(points) - 1)]
            lines.append((index, shapely.LineString(points)))
        else:
            lines.append((index, line.simplify(tolerance)))
    return thin, lines
