"""Opens files of other programs with the atlas and holds what it reads against what GDAL reads.

    tools/format-check/run [PROGRAM]

Positions in degrees must be the same to the last digit, those of other systems within half a millimetre of PROJ's
where PROJ shifts the datum at all, values the same.
"""

import json
import math
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyproj
import shapely

import files

ROOT = Path(__file__).resolve().parent.parent.parent
# Of a degree: half a millimetre.
NEAR = 5e-9
# What LIBKML adds to every feature.
OF_KML = {"id", "tessellate", "extrude", "visibility", "timestamp", "begin", "end", "altitudeMode", "drawOrder",
          "icon", "Name", "description", "snippet"}  # fmt: skip


def opened(program: str, path: Path, out: Path) -> dict:
    """What the atlas reads, as GeoJSON."""
    done = subprocess.run([program, "convert", path, out], capture_output=True, encoding="utf-8")
    if done.returncode:
        raise ValueError(done.stderr.strip())
    return json.loads(out.read_text(encoding="utf-8"))


def read(path: Path) -> gpd.GeoDataFrame:
    """What GDAL reads, in degrees."""
    frame = gpd.read_parquet(path) if path.suffix == ".parquet" else gpd.read_file(path, engine="pyogrio")
    return frame.to_crs(4326) if frame.crs is not None and frame.crs != "EPSG:4326" else frame


def is_shifted(path: Path) -> bool:
    """Whether PROJ shifts the datum of a file, or only says that it does not know how."""
    if not path.stem.startswith("system-") and not path.parent.name.startswith("system-"):
        return True
    code = int((path.parent.name if path.suffix == ".shp" else path.stem).removeprefix("system-"))
    lon, lat = files.SYSTEMS[code]
    about = pyproj.aoi.AreaOfInterest(lon, lat, lon + 0.05, lat + 0.05)
    best = pyproj.transformer.TransformerGroup(code, 4326, area_of_interest=about).transformers[0]
    return "Ballpark" not in best.description


def farthest(ours: dict | None, theirs: shapely.Geometry | None) -> float:
    """How far positions of one geometry lie apart, in degrees; endless where it is another one."""
    own = shapely.geometry.shape(ours) if ours else None
    if own is None or own.is_empty or theirs is None or theirs.is_empty:
        return 0.0 if (own is None or own.is_empty) == (theirs is None or theirs.is_empty) else math.inf
    one, two = (shapely.get_coordinates(shape, include_z=own.has_z and theirs.has_z) for shape in (own, theirs))
    if own.geom_type != theirs.geom_type or one.shape != two.shape:
        return math.inf
    return float(np.abs(one - two).max())


def is_same(ours: object, theirs: object) -> bool:
    if theirs is None or (isinstance(theirs, float) and math.isnan(theirs)) or str(theirs) == "NaT":
        return ours in (None, "")
    if theirs == "":
        return ours in (None, "")
    if isinstance(theirs, (bool, np.bool_)):
        return ours is bool(theirs)
    if isinstance(theirs, (int, float, np.number)):
        return ours == theirs
    if hasattr(theirs, "isoformat"):
        # A day is a moment for some drivers.
        text = str(ours).replace("Z", "+00:00")
        return theirs.isoformat() in (text, f"{text}T00:00:00") or theirs.isoformat().startswith(text)
    return str(ours) == str(theirs)


def faults(path: Path, program: str, out: Path) -> list[str]:
    ours, theirs = opened(program, path, out)["features"], read(path)
    if len(ours) != len(theirs):
        return [f"{len(ours)} features, GDAL reads {len(theirs)}"]
    found = []
    far = max(farthest(own["geometry"], shape) for own, shape in zip(ours, theirs.geometry))
    most = NEAR if "system" in str(path) else 0.0
    if far > most and is_shifted(path):
        found.append(f"positions lie {far} degrees apart")
    if path.suffix not in (".kml", ".kmz"):
        for column in theirs.columns.drop(theirs.geometry.name):
            values = zip(ours, theirs[column])
            others = [(own["properties"].get(column), value) for own, value in values
                      if not is_same(own["properties"].get(column), value)]  # fmt: skip
            if others:
                found.append(f"{column}: {others[0][0]!r} instead of {others[0][1]!r}")
    return found


def main() -> int:
    warnings.filterwarnings("ignore")
    program = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/debug/corridor-atlas")
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        every = files.write_all(ROOT / "assets/atlas", out / "files")
        for path in every:
            try:
                found = faults(path, program, out / "read.geojson")
            except ValueError as error:
                found = [str(error)]
            bad += bool(found)
            for fault in found:
                print(f"{path.relative_to(out / 'files')}: {fault}")
        print(f"{len(every)} files, {bad} of them read otherwise than by GDAL {gdal()}")
    return 1 if bad else 0


def gdal() -> str:
    import pyogrio

    return ".".join(str(part) for part in pyogrio.__gdal_version__)


if __name__ == "__main__":
    sys.exit(main())
