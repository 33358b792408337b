"""assets/basemap/relief.bin: a Web Mercator pyramid of shaded relief, height and distance from the coast.

Shading is the public-domain raster of shadedrelief.com, height is ETOPO5, coasts are Natural Earth's.
src/basemap/relief.rs is the other half.
"""

import io
import struct

import numpy as np
from PIL import Image, ImageDraw
from scipy import ndimage
from scipy.io import netcdf_file

import sources
import topology

Image.MAX_IMAGE_PIXELS = None
MAGIC = b"CABR0001"
TOP = 4
TILE = 512
WIDTH = TILE << TOP
QUALITY = {"relief": 78, "height": 88, "coast": 70}
# From the top level down: how wide a landform still counts as relief, in pixels of the raster, and how
# much stronger it is drawn. Small slopes average away towards the whole world; wide ones take over.
SIGMA_PX = [9.0, 12.0, 17.0, 24.0, 34.0]
GAIN = [1.55, 1.8, 2.15, 2.55, 3.0]
# Rows of tiles this near the poles (a share of the square) are packed harder.
POLAR, POLAR_QUALITY = 0.25, 56
REACH_PX, COAST_ZERO = 12.0, 64


def land_polygons():
    parts = [part for area in sources.land() for part in topology.polygons_of(area)]
    return sorted(parts, key=lambda part: -part.area)


def rasterized(polygons, size, place):
    """255 on land; larger areas first, so that islands in an inland sea stay."""
    picture = Image.new("L", size, 0)
    draw = ImageDraw.Draw(picture)
    for polygon in polygons:
        draw.polygon([tuple(p) for p in place(np.array(polygon.exterior.coords))], fill=255)
        for ring in polygon.interiors:
            draw.polygon([tuple(p) for p in place(np.array(ring.coords))], fill=0)
    return np.asarray(picture)


def mercator_mask(side):
    """Land on the Mercator square, `side` pixels wide."""
    polygons = [part for area in land_polygons() for part in topology.polygons_of(topology.project(area))]
    scale = side / topology.WORLD
    return rasterized(polygons, (side, side), lambda points: points * scale - 0.5)


def plain_mask(width, height):
    def place(points):
        x = (points[:, 0] + 180.0) * width / 360.0 - 0.5
        y = (90.0 - points[:, 1]) * height / 180.0 - 0.5
        return np.column_stack([x, y])

    return rasterized(land_polygons(), (width, height), place)


def shading(sigmas):
    """Light and shadow on plate carrée, 0 where flat, nothing at sea: high-passes of the grey raster."""
    picture = Image.open(sources.SHADED_RELIEF).convert("RGB")
    colour = np.asarray(picture)
    grey = np.asarray(picture.convert("L"), dtype=np.float32)
    land = trusted_land(colour, grey).astype(np.float32)
    # Parallels are stretched towards the poles, and with them every slope: quieter there.
    latitude = np.radians(90.0 - (np.arange(grey.shape[0]) + 0.5) * 180.0 / grey.shape[0])
    calm = np.minimum(1.0, np.cos(latitude) / np.cos(np.radians(50.0))).astype(np.float32)[:, None] ** 0.7

    def blur(array, sigma):
        # Wide blurs on a small copy: only their slow part is wanted.
        return ndimage.gaussian_filter(array, sigma, mode=("nearest", "wrap"), truncate=2.5)

    for sigma in sigmas:
        mean = blur(grey * land, sigma) / np.maximum(blur(land, sigma), 1e-3)
        detail = (grey - mean) * land
        # What is left of speckle in flat country is quieter than any hill.
        yield np.sign(detail) * np.maximum(np.abs(detail) - 0.8, 0.0) * calm


def trusted_land(colour, grey):
    """Land whose grey is light and shadow, not the raster's pale glow along its coasts."""
    height, width = grey.shape
    land = plain_mask(width, height) > 127
    near_coast = land & ~ndimage.binary_erosion(land, iterations=4)
    pale = (grey > 170.0) & (colour[:, :, 2].astype(np.int16) > colour[:, :, 0].astype(np.int16) - 6)
    frozen = np.zeros((height, 1), dtype=bool)
    frozen[: int(height * 18 / 180)] = frozen[-int(height * 32 / 180) :] = True
    return ndimage.binary_erosion(land, iterations=1) & ~(near_coast & pale & ~frozen)


def mercator_rows(array, rows, north=90.0):
    """Takes rows of a plate carrée array for `rows` Mercator rows, blending four by Catmull-Rom."""
    height = array.shape[0]
    y = (np.arange(rows) + 0.5) / rows
    latitude = np.degrees(np.arctan(np.sinh((0.5 - y) * 2.0 * np.pi)))
    at = (north - latitude) * height / (2.0 * north) - 0.5
    base = np.floor(at).astype(int)
    t = (at - base).astype(np.float32)[:, None]
    weights = [
        -0.5 * t + t**2 - 0.5 * t**3,
        1.0 - 2.5 * t**2 + 1.5 * t**3,
        0.5 * t + 2.0 * t**2 - 1.5 * t**3,
        -0.5 * t**2 + 0.5 * t**3,
    ]
    result = np.zeros((rows, array.shape[1]), dtype=np.float32)
    for step, weight in enumerate(weights):
        result += weight * array[np.clip(base + step - 1, 0, height - 1)]
    return result


def resized(array, width):
    """Another width, rows untouched."""
    picture = Image.fromarray(array.astype(np.float32))
    return np.asarray(picture.resize((width, array.shape[0]), Image.BICUBIC))


def halved(array):
    return (array[0::2, 0::2] + array[1::2, 0::2] + array[0::2, 1::2] + array[1::2, 1::2]) * np.float32(0.25)


def height_at(half_width, land_share):
    """Metres on the Mercator square at half the pixels, held above zero on land and below at sea."""
    data = netcdf_file(str(sources.ETOPO5), "r", mmap=False).variables["ROSE"].data
    metres = data.astype(np.float32)[::-1]
    # Nodes every 5 minutes from Greenwich, poles included: turn to cells from 180 W.
    metres = np.roll(metres, 2160, axis=1)
    metres = (metres[:-1] + metres[1:]) / 2.0
    metres = (metres + np.roll(metres, -1, axis=1)) / 2.0
    metres = ndimage.gaussian_filter(metres, 0.6, mode=("nearest", "wrap"))
    square = mercator_rows(resized(metres, half_width), half_width)
    square = np.where(land_share > 0.5, np.maximum(square, 3.0), np.minimum(square, -3.0))
    return ndimage.gaussian_filter(square, 0.7, mode=("nearest", "wrap"))


def height_code(metres):
    """128 at sea level, ±127 at ±8000 m, by the square root: see depth_or_height_m in relief.rs."""
    share = np.sqrt(np.minimum(np.abs(metres) / 8000.0, 1.0))
    return np.clip(np.rint(128.0 + 127.0 * np.sign(metres) * share), 0, 255)


def coast_code(mask):
    """Signed distance from the coast at half the pixels of a level; `mask` has twice its pixels."""
    side = mask.shape[0]
    pad, band = 32, min(1024, side)
    result = np.empty((side // 4, side // 4), dtype=np.float32)
    for top in range(0, side, band):
        rows = slice(max(0, top - pad), min(side, top + band + pad))
        land = np.pad(mask[rows] > 127, ((0, 0), (pad, pad)), mode="wrap")
        away = np.float32(REACH_PX * 4)
        sea = ndimage.distance_transform_edt(~land).astype(np.float32) if land.any() else land * 0 + away
        dry = ndimage.distance_transform_edt(land).astype(np.float32) if not land.all() else land * 0 + away
        signed = (sea - dry)[top - rows.start : top - rows.start + band, pad:-pad] / 2.0
        code = np.clip(COAST_ZERO + signed * (255 - COAST_ZERO) / REACH_PX, 0, 255)
        result[top // 4 : (top + band) // 4] = halved(halved(code.astype(np.float32)))
    return np.rint(result)


def bordered(array, x, y, size, border):
    """One tile with `border` of its neighbours: around the world in x, the edge again in y."""
    rows = np.clip(np.arange(y * size - border, (y + 1) * size + border), 0, array.shape[0] - 1)
    columns = np.arange(x * size - border, (x + 1) * size + border) % array.shape[1]
    return array[np.ix_(rows, columns)].astype(np.uint8)


def encoded(tile, quality):
    """JPEG bytes, or a number where the whole tile is one value."""
    if tile.min() == tile.max():
        return int(tile.min())
    out = io.BytesIO()
    Image.fromarray(tile).save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def levels():
    """From the top level down: (z, relief, height, coast) as whole squares."""
    mask = mercator_mask(WIDTH * 2)
    cover = halved(mask.astype(np.float32)) / 255.0
    soft = np.clip(ndimage.gaussian_filter(cover, 0.8) * 2.0 - 1.0, 0.0, 1.0)
    metres = height_at(WIDTH // 2, halved(cover))
    for z, detail in zip(range(TOP, -1, -1), shading(SIGMA_PX)):
        relief = mercator_rows(resized(detail, WIDTH), WIDTH) * soft
        for _ in range(TOP - z):
            relief = halved(relief)
        grey = np.clip(np.rint(128.0 + squashed(relief * np.float32(GAIN[TOP - z]))), 0, 255)
        yield z, grey, height_code(metres), coast_code(mask)
        metres = halved(metres)
        mask = np.rint(halved(mask.astype(np.float32))).astype(np.uint8)


def squashed(light):
    """Keeps the strongest slopes inside the range without a hard end."""
    return np.float32(120.0) * np.tanh(light / np.float32(120.0))


def build(path):
    tiles = {}
    for z, relief, height, coast in levels():
        for y in range(1 << z):
            for x in range(1 << z):
                polar = z > 2 and not POLAR < (y + 0.5) / (1 << z) < 1.0 - POLAR
                tiles[(z, x, y)] = [
                    encoded(bordered(relief, x, y, TILE, 1), POLAR_QUALITY if polar else QUALITY["relief"]),
                    encoded(bordered(height, x, y, TILE // 2, 1), QUALITY["height"]),
                    encoded(bordered(coast, x, y, TILE // 2, 1), QUALITY["coast"]),
                ]
    index, blobs, offset = [], [], 0
    for (z, x, y), planes in sorted(tiles.items()):
        entry = struct.pack("<HHHxx", z, x, y)
        for plane in planes:
            if isinstance(plane, int):
                entry += struct.pack("<II", plane, 0)
            else:
                entry += struct.pack("<II", offset, len(plane))
                blobs.append(plane)
                offset += len(plane)
        index.append(entry)
    path.write_bytes(MAGIC + struct.pack("<I", len(index)) + b"".join(index) + b"".join(blobs))
    return {name: sum(len(t[i]) for t in tiles.values() if not isinstance(t[i], int)) for i, name in enumerate(QUALITY)}
