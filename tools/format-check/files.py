"""Files of other programs: written by GDAL, GEOS and Arrow, with all that is hard for a reader."""

import datetime
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry import LineString, Point

# A place inside each system's area, in degrees.
SYSTEMS = {
    2097: (127.0, 37.5), 2326: (114.17, 22.3), 2363: (102.5, 25.1), 2434: (117.1, 40.1),
    3148: (105.9, 21.6), 3395: (80.4, 44.2), 3857: (80.41, 44.21), 4214: (117.1, 40.1),
    4490: (80.4, 44.2), 4513: (75.2, 39.7), 4527: (117.43, 49.59), 4610: (102.5, 25.1),
    5179: (127.0, 37.5), 5186: (127.0, 37.5), 24047: (98.5, 24.0), 28405: (30.0, 50.0),
    32644: (80.41, 44.21), 32647: (98.5, 24.0), 32650: (117.43, 49.59),
}  # fmt: skip
PACKINGS = ["snappy", "gzip", "zstd", "brotli", "lz4", None]


def zones(atlas: Path) -> gpd.GeoDataFrame:
    """Areas with holes about the atlas's zones, with values of every type."""
    features = json.loads((atlas / "zones.geojson").read_text(encoding="utf-8"))["features"]
    points = [shapely.geometry.shape(feature["geometry"]).centroid for feature in features]
    areas = [point.buffer(0.5).difference(point.buffer(0.2)) for point in points]
    count = len(areas)
    day = datetime.date(2013, 9, 7)
    columns = {
        "name": [feature["properties"]["name"]["en"] for feature in features],
        "中文": [feature["properties"]["name"]["zh"] for feature in features],
        "이름": [feature["properties"]["name"]["ko"] for feature in features],
        "whole": [7 * row - 3 for row in range(count)],
        "big": [2**53 + row for row in range(count)],
        "real": [row / 7 for row in range(count)],
        "day": [day + datetime.timedelta(days=row) for row in range(count)],
        "when": pd.to_datetime([f"2013-09-07T10:{row:02}:00Z" for row in range(count)]),
        "yes": [row % 2 == 0 for row in range(count)],
        "some": ["" if row % 3 == 1 else None if row % 3 else f"x{row}" for row in range(count)],
    }
    return gpd.GeoDataFrame(columns, geometry=areas, crs="EPSG:4326")


def shapes() -> gpd.GeoDataFrame:
    """Every kind of geometry, with heights, and without any positions."""
    texts = [
        "POINT Z (80 44 500)",
        "LINESTRING Z (80 44 1, 81 45 2)",
        "MULTIPOINT ((80 44), (81 45))",
        "MULTILINESTRING ((80 44, 81 45), (82 46, 83 47))",
        "GEOMETRYCOLLECTION (POINT (80 44), LINESTRING (80 44, 81 45), POLYGON ((80 44, 81 44, 81 45, 80 44)))",
        "POLYGON EMPTY",
        "MULTIPOLYGON (((80 44, 82 44, 82 46, 80 46, 80 44), (80.5 44.5, 80.5 45, 81 45, 80.5 44.5)),"
        " ((90 44, 91 44, 91 45, 90 44)))",
    ]
    return gpd.GeoDataFrame({"n": range(len(texts))}, geometry=shapely.from_wkt(texts), crs="EPSG:4326")


def write(frame: gpd.GeoDataFrame, path: Path, driver: str, **options: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_file(path, driver=driver, engine="pyogrio", **options)


def write_all(atlas: Path, out: Path) -> list[Path]:
    """Writes all of them into `out`; what comes back is what opens."""
    all_zones, all_shapes = zones(atlas), shapes()
    write(all_zones, out / "zones.gpkg", "GPKG")
    write(all_zones, out / "zones.fgb", "FlatGeobuf")
    write(all_zones, out / "zones-without-index.fgb", "FlatGeobuf", SPATIAL_INDEX="NO")
    write(all_zones, out / "zones.geojson", "GeoJSON")
    write(all_zones, out / "zones.geojsonl", "GeoJSONSeq")
    write(all_zones, out / "zones.geojsons", "GeoJSONSeq", RS="YES")
    write(all_zones, out / "zones.kml", "LIBKML")
    write(all_zones, out / "zones.kmz", "LIBKML")
    for packing in PACKINGS:
        all_zones.to_parquet(out / f"zones-{packing}.parquet", compression=packing)
    all_zones.to_parquet(out / "zones-arrow.parquet", geometry_encoding="geoarrow", schema_version="1.1.0")
    table = all_zones[["name", "whole", "real", "day", "geometry"]]
    write(table.assign(中文=all_zones["中文"]), out / "gbk" / "zones.shp", "ESRI Shapefile", encoding="GBK")
    write(table.assign(이름=all_zones["이름"]), out / "cp949" / "zones.shp", "ESRI Shapefile", encoding="CP949")
    write(table.assign(中文=all_zones["中文"]), out / "utf-8" / "zones.shp", "ESRI Shapefile", encoding="UTF-8")
    for driver, end in [("GPKG", "gpkg"), ("GeoJSON", "geojson")]:
        write(all_shapes, out / f"shapes.{end}", driver)
    flat = all_shapes.set_geometry(shapely.force_2d(all_shapes.geometry.values))
    write(flat, out / "shapes.fgb", "FlatGeobuf", SPATIAL_INDEX="NO")
    all_shapes.to_parquet(out / "shapes.parquet")
    for code, (lon, lat) in SYSTEMS.items():
        line = LineString([Point(lon, lat), Point(lon + 0.05, lat + 0.05)])
        placed = gpd.GeoDataFrame({"n": [1]}, geometry=[line], crs="EPSG:4326").to_crs(code)
        write(placed, out / f"system-{code}.gpkg", "GPKG")
        write(placed, out / f"system-{code}.fgb", "FlatGeobuf")
        write(placed, out / f"system-{code}" / "line.shp", "ESRI Shapefile")
        placed.to_parquet(out / f"system-{code}.parquet")
    ends = {".gpkg", ".fgb", ".geojson", ".geojsonl", ".geojsons", ".kml", ".kmz", ".parquet", ".shp"}
    return sorted(path for path in out.rglob("*") if path.suffix in ends)
