"""Cuts the fonts of the packages down to what the atlas needs, the same bytes at every run.

Called by `build` as: cut.py TOOL_FOLDER REPOSITORY. What it reads: every JSON and GeoJSON file in assets,
assets/basemap/characters.txt where there is one, and characters.txt beside this file. What it writes:
assets/fonts/*.ttf, the licence texts, and LICENCES.json.
"""

import io
import json
import sys
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

MOST_BYTES = 4_500_000


def span(first, last):
    return set(range(first, last + 1))


ASCII = span(0x20, 0x7E)
LATIN = ASCII | span(0xA0, 0x24F) | span(0x1E00, 0x1EFF)
# Modifier letters of transliterations, tone marks alone, and the combining marks of Vietnamese and pinyin.
MARKS = span(0x2B0, 0x2FF) | span(0x300, 0x345)
CYRILLIC = span(0x400, 0x52F)
GREEK = span(0x370, 0x3FF)
# Dashes, quotes, spaces, raised figures, currencies, letter-like signs, arrows, sums, keys, squares, ticks.
SIGNS = (
    span(0x2000, 0x206F) | span(0x2070, 0x209F) | span(0x20A0, 0x20BF) | span(0x2100, 0x214F)
    | span(0x2150, 0x215F) | span(0x2190, 0x21FF) | {0x2212, 0x2215, 0x221A, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265}
    | {0x2303, 0x2318, 0x2325, 0x232B, 0x23CE} | span(0x25A0, 0x25FF) | {0x2605, 0x2606, 0x2713, 0x2717, 0xFFFD}
)
# Full stops and quotes of Chinese and Korean, full-width forms, numbers in circles.
CJK_SIGNS = span(0x3000, 0x301F) | {0x30FB} | span(0xFF01, 0xFF5E) | span(0xFFE0, 0xFFE6) | span(0x2460, 0x2473)
HANGUL_LETTERS = span(0x3131, 0x3163)


def rows(codec, first, last):
    """The characters of so many rows of a double-byte set of 94 columns."""
    pairs = (bytes([row, column]) for row in range(first, last + 1) for column in range(0xA1, 0xFF))
    found = set()
    for pair in pairs:
        try:
            found.add(ord(pair.decode(codec)))
        except UnicodeDecodeError:
            pass  # The last row is not full.
    return found


GB2312_LEVEL_1 = rows("gb2312", 0xB0, 0xD7)
KS_X_1001_HANGUL = rows("euc_kr", 0xB0, 0xC8)


def is_han(code):
    return 0x2E80 <= code <= 0x2FDF or 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or code >= 0x20000


def is_hangul(code):
    return 0x1100 <= code <= 0x11FF or 0x3130 <= code <= 0x318F or 0xAC00 <= code <= 0xD7A3


@dataclass
class Cut:
    """One file to write: from where, which characters, and under which name."""

    file: str
    package: str
    member: str
    wanted: set
    features: tuple = ("kern", "ccmp", "mark", "mkmk")
    tabular_digits: bool = False
    rename: str | None = None
    drop: list = field(default_factory=list)


def cuts(used):
    """The fonts of the atlas, for the characters that its files use."""
    western = {code for code in used if not is_han(code) and not is_hangul(code)}
    inter = LATIN | MARKS | CYRILLIC | GREEK | SIGNS | western
    # Cyrillic is for names in a person's own files; titles and italics are set in the atlas's three languages.
    serif = LATIN | MARKS | span(0x2000, 0x206F) | {0x2190, 0x2192, 0x2212, 0x2248} | western
    mono = ASCII | span(0xA0, 0x17F) | span(0x2010, 0x2027) | {0x2190, 0x2192, 0x2212, 0x2260, 0x2264, 0x2265, 0x20AC}
    chinese = {0x20, 0xA0} | GB2312_LEVEL_1 | CJK_SIGNS | {code for code in used if is_han(code)}
    korean = {0x20, 0xA0} | KS_X_1001_HANGUL | HANGUL_LETTERS | {code for code in used if is_hangul(code)}
    upright = ["vhea", "vmtx", "VORG", "BASE"]

    def inter_cut(weight, folder):
        member = f"{folder}/Inter_{folder}.ttf"
        return Cut(f"inter-{weight}.ttf", "inter", member, inter, tabular_digits=True)

    # "Source" is a reserved font name: a changed font may not carry it.
    return [
        inter_cut(400, "400Regular"),
        inter_cut(500, "500Medium"),
        inter_cut(600, "600SemiBold"),
        Cut("atlas-serif-600.ttf", "source-serif-4", "600SemiBold/SourceSerif4_600SemiBold.ttf", serif,
            rename="Atlas Serif", drop=["BASE"]),
        Cut("atlas-serif-400-italic.ttf", "source-serif-4", "400Regular_Italic/SourceSerif4_400Regular_Italic.ttf",
            serif, rename="Atlas Serif", drop=["BASE"]),
        Cut("jetbrains-mono-400.ttf", "jetbrains-mono", "400Regular/JetBrainsMono_400Regular.ttf", mono),
        Cut("noto-sans-sc-400.ttf", "noto-sans-sc", "400Regular/NotoSansSC_400Regular.ttf", chinese,
            features=(), drop=upright),
        Cut("noto-sans-kr-400.ttf", "noto-sans-kr", "400Regular/NotoSansKR_400Regular.ttf", korean,
            features=(), drop=upright),
    ]


LICENCES = [
    ("inter", "Inter", "inter-*.ttf", "OFL-inter.txt", "© 2020 The Inter Project Authors"),
    ("source-serif-4", "Source Serif 4, cut down and named Atlas Serif", "atlas-serif-*.ttf",
     "OFL-source-serif-4.txt", "© 2014 The Source Serif 4 Project Authors, Adobe"),
    ("jetbrains-mono", "JetBrains Mono", "jetbrains-mono-*.ttf", "OFL-jetbrains-mono.txt",
     "© 2020 The JetBrains Mono Project Authors"),
    ("noto-sans-sc", "Noto Sans SC", "noto-sans-sc-*.ttf", "OFL-noto-sans-sc.txt", "© 2014–2021 Adobe"),
    ("noto-sans-kr", "Noto Sans KR", "noto-sans-kr-*.ttf", "OFL-noto-sans-kr.txt", "© 2014–2021 Adobe"),
]


def main(tool, repository):
    fonts = repository / "assets" / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    packages = {}
    for line in (tool / "packages.txt").read_text().splitlines():
        if not line.startswith("#"):
            name, version, _ = line.split()
            path = tool / ".cache" / f"{name.strip('@').replace('/', '-')}-{version}.tgz"
            packages[name.split("/")[1]] = tarfile.open(path)

    used = used_characters(tool, repository)
    wanted = cuts(used)
    for old in fonts.glob("*.ttf"):
        if old.name not in {cut.file for cut in wanted}:
            old.unlink()
    covered, total = set(), 0
    for cut in wanted:
        data, characters = cut_font(packages[cut.package], cut)
        (fonts / cut.file).write_bytes(data)
        covered |= characters
        total += len(data)
        print(f"{cut.file:28} {len(data):>9,} bytes {len(characters):>6,} characters")
    print(f"{'all':28} {total:>9,} bytes")
    write_licences(packages, fonts, [cut.file for cut in wanted])

    missing = sorted(code for code in used - covered if code >= 0x20)
    if missing:
        print("In no font:", " ".join(f"U+{code:04X} {chr(code)}" for code in missing), file=sys.stderr)
    if missing or total > MOST_BYTES:
        sys.exit(f"{len(missing)} characters missing, {total:,} bytes of {MOST_BYTES:,} at most")


def used_characters(tool, repository):
    """Every character that the atlas may show."""
    assets = repository / "assets"
    paths = [path for path in assets.rglob("*") if path.suffix in (".json", ".geojson")]
    paths += [assets / "basemap" / "characters.txt", tool / "characters.txt"]
    used = set()
    for path in paths:
        if not path.exists():
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".txt":
            # Escapes such as \u970d are characters too.
            text = json.dumps(json.loads(text), ensure_ascii=False)
        used |= {ord(character) for character in text}
    return {code for code in used if code >= 0x20}


def cut_font(package, cut):
    member = package.extractfile(f"package/{cut.member}")
    font = TTFont(io.BytesIO(member.read()), recalcTimestamp=False, lazy=False)
    if cut.tabular_digits:
        freeze(font, "tnum", "0123456789")
    if cut.rename:
        rename(font, cut.rename)
    options = Options()
    options.layout_features = list(cut.features)
    options.hinting = False
    options.drop_tables += ["STAT", "gasp", "prep", *cut.drop]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.glyph_names = False
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=cut.wanted & set(font.getBestCmap()))
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue(), set(font.getBestCmap())


def freeze(font, feature, characters):
    """Makes the forms of a feature the only forms of these characters."""
    gsub = font["GSUB"].table
    indices = {
        index
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == feature
        for index in record.Feature.LookupListIndex
    }
    mapping = {}
    for index in sorted(indices):
        for table in gsub.LookupList.Lookup[index].SubTable:
            mapping.update(getattr(getattr(table, "ExtSubTable", table), "mapping", {}))
    codes = {ord(character) for character in characters}
    frozen = 0
    for table in font["cmap"].tables:
        for code in codes & set(table.cmap):
            if table.cmap[code] in mapping:
                table.cmap[code] = mapping[table.cmap[code]]
                frozen += 1
    if frozen < len(codes):
        sys.exit(f"{feature} does not change all of {characters}")
    widths = {font["hmtx"][font.getBestCmap()[code]][0] for code in codes}
    if len(widths) != 1:
        sys.exit(f"{characters} are not of one width: {widths}")


def rename(font, family):
    """Gives the font another family name, for fonts whose own is reserved."""
    name = font["name"]
    style = name.getDebugName(17) or name.getDebugName(2)
    names = {1: f"{family} {style}", 2: "Regular", 3: f"{family} {style}", 4: f"{family} {style}",
             6: f"{family} {style}".replace(" ", ""), 16: family, 17: style}
    for record in list(name.names):
        if record.nameID in (1, 2, 3, 4, 6, 7, 16, 17, 25):
            name.removeNames(nameID=record.nameID)
    for number, text in names.items():
        name.setName(text, number, 3, 1, 0x409)


def write_licences(packages, fonts, files):
    entries = []
    for package, title, pattern, text_file, attribution in LICENCES:
        text = packages[package].extractfile("package/LICENSE_FONT").read().decode("utf-8")
        (fonts / text_file).write_text(text.replace("\r\n", "\n"), encoding="utf-8")
        entries.append({
            "id": f"font-{package}",
            "title": title,
            "licence": "SIL Open Font License 1.1",
            "attribution": attribution,
            "files": [file for file in files if Path(file).match(pattern)] + [text_file],
        })
    text = json.dumps(entries, ensure_ascii=False, indent=2)
    (fonts / "LICENCES.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]).resolve())
