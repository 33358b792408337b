//! Everything that has an id, the atlas's own and the basemap's alike: what it is called, where it is,
//! what is known of it.

mod chronicle;
mod cite;
pub mod compare;
mod entry;
pub mod join;
mod licences;
mod near;
pub mod quiz;
mod receipts;
mod strip;
mod terms;
mod told;
pub mod words;

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use crate::atlas::{Atlas, Id, Item, Kind, Stop};
use crate::basemap::Tables;
use crate::geo::{LonLat, WorldBounds, WorldFixed};
use crate::i18n::Language;

pub use chronicle::Chronicle;
pub use cite::{bibtex, citation, csl_json, link, sources_of};
pub use entry::Entry;
pub use licences::{Licence, data_licences, font_licences};
pub use near::within;
pub use receipts::{About, Claim};
pub use strip::{Junction, RouteLine, Stretch, Strip};
pub use told::{Drawn, GROUND_SOURCE, Line, NAMES_SOURCE, drawn, lines};

/// A point is shown with so many world steps around it (about 40 km at the equator).
const AROUND: u32 = 1 << 22;
/// A stop this close to a town, in degrees of longitude and latitude together, is in it.
const SAME_TOWN_DEGREES: f64 = 0.22;

/// Kinds of which the atlas knows facts, besides the sources themselves.
const WITH_FACTS: [Kind; 11] = [
    Kind::Corridor,
    Kind::Zone,
    Kind::Project,
    Kind::BorderZone,
    Kind::Crossing,
    Kind::Event,
    Kind::Connectivity,
    Kind::Lesson,
    Kind::KoreaPlace,
    Kind::Belt,
    Kind::Country,
];

/// The atlas and the basemap's tables, found by id.
#[derive(Debug)]
pub struct Catalog {
    pub atlas: Atlas,
    pub tables: Tables,
    pub chronicle: Chronicle,
    place_slugs: Vec<String>,
    places: HashMap<String, usize>,
    stops: HashMap<String, StopAt>,
    boundaries: HashMap<String, usize>,
    /// Counted when a source is first asked for.
    resting: OnceLock<HashMap<String, Vec<Id>>>,
    /// How the glossary is written in each language; read when a text is first looked through.
    terms: OnceLock<[Vec<terms::Form>; 3]>,
}

/// Where a stop that is no place of the basemap stands in the atlas.
#[derive(Clone, Copy, Debug)]
struct StopAt {
    corridor: usize,
    route: usize,
    stop: usize,
}

/// The names of one thing, for search.
#[derive(Debug)]
pub struct Named<'a> {
    pub id: Id,
    pub names: Vec<&'a str>,
    /// Which of two equally good matches goes first: the greater.
    pub weight: u32,
}

impl Catalog {
    #[must_use]
    pub fn new(atlas: Atlas, tables: Tables) -> Self {
        let place_slugs = place_slugs(&tables);
        let places = place_slugs.iter().enumerate().map(|(row, slug)| (slug.clone(), row)).collect();
        let boundaries = tables
            .boundaries
            .iter()
            .enumerate()
            .map(|(row, boundary)| (boundary.id.to_string(), row))
            .collect();
        let stops = stops(&atlas);
        let chronicle = Chronicle::new(&atlas);
        Self {
            atlas,
            tables,
            chronicle,
            place_slugs,
            places,
            stops,
            boundaries,
            resting: OnceLock::new(),
            terms: OnceLock::new(),
        }
    }

    /// What `id` names; `None` where there is no such thing.
    #[must_use]
    pub fn entry(&self, id: &Id) -> Option<Entry<'_>> {
        match id.kind {
            Kind::Country => {
                let country = &self.tables.countries[usize::from(*self.country_rows(id).first()?)];
                Some(Entry::Country(country, self.atlas.countries.iter().find(|info| info.id == *id)))
            }
            Kind::Place => self.place(&id.name),
            Kind::Boundary => {
                let row = *self.boundaries.get(&id.name)?;
                Some(Entry::Boundary(&self.tables.boundaries[row]))
            }
            _ => self.atlas.item(id).map(Entry::Item),
        }
    }

    fn place(&self, slug: &str) -> Option<Entry<'_>> {
        if let Some(&row) = self.places.get(slug) {
            return Some(Entry::Place(&self.tables.places[row]));
        }
        let at = self.stops.get(slug)?;
        let corridor = &self.atlas.corridors[at.corridor];
        Some(Entry::Stop(&corridor.routes[at.route].stops[at.stop]))
    }

    /// The ids of a kind, in the order in which they are listed.
    #[must_use]
    pub fn ids(&self, kind: Kind) -> Vec<Id> {
        match kind {
            Kind::Country => {
                let named = self.tables.countries.iter().filter(|country| !country.iso_a2.is_empty());
                named.map(|country| Id::new(kind, &country.iso_a2)).collect()
            }
            Kind::Place => self.place_slugs.iter().map(|slug| Id::new(kind, slug)).collect(),
            Kind::Boundary => {
                self.tables.boundaries.iter().map(|boundary| Id::new(kind, boundary.id.to_string())).collect()
            }
            _ => self.atlas.ids(kind),
        }
    }

    /// The id of a row of the basemap's places.
    #[must_use]
    pub fn place_id(&self, row: usize) -> Option<Id> {
        self.place_slugs.get(row).map(|slug| Id::new(Kind::Place, slug))
    }

    /// The id of the country that owns land in a chunk.
    #[must_use]
    pub fn country_id(&self, row: u16) -> Option<Id> {
        let country = self.tables.countries.get(usize::from(row))?;
        (!country.iso_a2.is_empty()).then(|| Id::new(Kind::Country, &country.iso_a2))
    }

    /// Whose views of boundaries are known: two letters of a state, or ISO.
    #[must_use]
    pub fn viewpoints(&self) -> BTreeSet<&str> {
        let views = self.tables.boundaries.iter().flat_map(|boundary| &boundary.views);
        let has_name = |code: &&str| *code == "ISO" || self.entry(&Id::new(Kind::Country, *code)).is_some();
        views.map(|(view, _)| view.as_str()).filter(has_name).collect()
    }

    /// The rows of a country in the basemap's tables, its main part first: some lie apart under one code.
    #[must_use]
    pub fn country_rows(&self, id: &Id) -> Vec<u16> {
        let countries = &self.tables.countries;
        let is_of = |row: &u16| countries[usize::from(*row)].iso_a2 == id.name;
        let mut rows: Vec<u16> = (0..countries.len() as u16).filter(is_of).collect();
        rows.sort_by_key(|row| countries[usize::from(*row)].label_rank);
        rows
    }

    /// The id of a row of the basemap's boundaries.
    #[must_use]
    pub fn boundary_id(&self, row: u16) -> Option<Id> {
        let boundary = self.tables.boundaries.get(usize::from(row))?;
        Some(Id::new(Kind::Boundary, boundary.id.to_string()))
    }

    /// The row of a boundary in the basemap's tables.
    #[must_use]
    pub fn boundary_row(&self, id: &Id) -> Option<u16> {
        u16::try_from(*self.boundaries.get(&id.name)?).ok()
    }

    /// Whether a corridor runs through the country (ISO 3166-1, two letters).
    #[must_use]
    pub fn is_crossed(&self, iso_a2: &str) -> bool {
        self.atlas.corridors.iter().any(|corridor| corridor.countries.iter().any(|code| code == iso_a2))
    }

    /// The box to show for `id`, with room around a point; `None` where it has no place on the map.
    #[must_use]
    pub fn bounds(&self, id: &Id) -> Option<WorldBounds> {
        let bounds = self.entry(id)?.bounds(&self.atlas)?;
        Some(with_room(bounds))
    }

    /// Every name of everything, for search.
    #[must_use]
    pub fn names(&self) -> Vec<Named<'_>> {
        const OWN: [(Kind, u32); 11] = [
            (Kind::Zone, 100),
            (Kind::Corridor, 95),
            (Kind::Project, 90),
            (Kind::Crossing, 70),
            (Kind::BorderZone, 75),
            (Kind::Connectivity, 65),
            (Kind::KoreaPlace, 60),
            (Kind::Belt, 55),
            (Kind::Lesson, 50),
            (Kind::Event, 45),
            (Kind::Term, 40),
        ];
        let own =
            OWN.iter().flat_map(|&(kind, weight)| self.ids(kind).into_iter().map(move |id| (id, weight)));
        let countries = self.ids(Kind::Country).into_iter().map(|id| (id, 80));
        let places = (0..self.place_slugs.len()).filter_map(|row| {
            let weight = 30_u32.saturating_sub(u32::from(self.tables.places[row].rank));
            self.place_id(row).map(|id| (id, weight))
        });
        let stops = self.stops.keys().map(|slug| (Id::new(Kind::Place, slug), 35));
        own.chain(countries)
            .chain(places)
            .chain(stops)
            .filter_map(|(id, weight)| {
                let names = self.entry(&id)?.names();
                Some(Named { id, names, weight })
            })
            .collect()
    }

    /// What `id` stands with: what its own file says, or what the atlas has in a country, in a town, from a source.
    #[must_use]
    pub fn related(&self, id: &Id) -> Vec<Id> {
        match self.entry(id) {
            Some(Entry::Country(country, _)) => self.inside(&country.iso_a2),
            Some(Entry::Place(place)) => self.stopping_at(place.at),
            Some(Entry::Stop(stop)) => self.stopping_at(stop.place()),
            Some(Entry::Item(Item::Source(source))) => self.resting_on(&source.id.name),
            Some(entry) => entry.related(),
            None => Vec::new(),
        }
    }

    /// Corridors through a country, zones on the other side of its borders, and its crossings.
    fn inside(&self, code: &str) -> Vec<Id> {
        let atlas = &self.atlas;
        let corridors =
            atlas.corridors.iter().filter(|one| one.countries.iter().any(|country| country == code));
        let zones = atlas.zones.iter().filter(|one| one.neighbour == code);
        let border_zones = atlas.border_zones.iter().filter(|one| one.faces == code);
        let crossings =
            atlas.crossings.iter().filter(|one| one.sides.iter().any(|side| side.country == code));
        corridors
            .map(|one| one.id.clone())
            .chain(zones.map(|one| one.id.clone()))
            .chain(border_zones.map(|one| one.id.clone()))
            .chain(crossings.map(|one| one.id.clone()))
            .collect()
    }

    /// The corridors that stop in a town.
    fn stopping_at(&self, place: LonLat) -> Vec<Id> {
        let is_here =
            |stop: &Stop| (stop.lon - place.lon).abs() + (stop.lat - place.lat).abs() < SAME_TOWN_DEGREES;
        let corridors = self.atlas.corridors.iter();
        let stopping = corridors.filter(|one| one.routes.iter().flat_map(|route| &route.stops).any(is_here));
        stopping.map(|one| one.id.clone()).collect()
    }

    /// What has a fact or a line from the source `name`.
    fn resting_on(&self, name: &str) -> Vec<Id> {
        self.resting.get_or_init(|| self.rests()).get(name).cloned().unwrap_or_default()
    }

    /// By the name of each source what rests on it, in the order of the kinds.
    fn rests(&self) -> HashMap<String, Vec<Id>> {
        let mut rests: HashMap<String, Vec<Id>> = HashMap::new();
        for id in WITH_FACTS.into_iter().flat_map(|kind| self.ids(kind)) {
            let Some(entry) = self.entry(&id) else { continue };
            let cited = entry.facts().iter().flat_map(|fact| &fact.cited).flat_map(|cited| &cited.sources);
            // The sources of a line are the same in every language.
            let lines = lines(self, Language::En, &entry);
            let names: BTreeSet<&str> = cited
                .chain(lines.iter().flat_map(|line| &line.sources))
                .map(|citation| citation.id.as_str())
                .collect();
            for name in names {
                rests.entry(name.to_owned()).or_default().push(id.clone());
            }
        }
        rests
    }

    /// The words of every fact of the atlas, in the three languages, for search.
    #[must_use]
    pub fn fact_texts(&self) -> Vec<(Id, &str)> {
        let ids = WITH_FACTS.into_iter().chain([Kind::Source]).flat_map(|kind| self.ids(kind));
        let mut texts = Vec::new();
        for id in ids {
            let Some(entry) = self.entry(&id) else { continue };
            for cited in entry.facts().iter().flat_map(|fact| &fact.cited) {
                texts.extend(cited.value.all().map(|text| (id.clone(), text)));
            }
        }
        texts
    }
}

/// What the program carries.
#[cfg(test)]
pub(crate) fn embedded() -> Catalog {
    let tables = crate::basemap::Basemap::embedded().tables().expect("the tables read");
    Catalog::new(Atlas::embedded().expect("the atlas reads"), tables)
}

/// A name as part of an id: lower case, letters and digits, hyphens between words.
#[must_use]
pub fn slug(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = name.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

/// `almaty-kz`; a second town of the name gets a number.
fn place_slugs(tables: &Tables) -> Vec<String> {
    let mut taken: HashMap<String, u32> = HashMap::new();
    let slugs = tables.places.iter().map(|place| {
        let base = format!("{}-{}", slug(&place.en), place.country.to_lowercase());
        let count = taken.entry(base.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { base } else { format!("{base}-{count}") }
    });
    slugs.collect()
}

fn stops(atlas: &Atlas) -> HashMap<String, StopAt> {
    let mut stops = HashMap::new();
    for (corridor, entry) in atlas.corridors.iter().enumerate() {
        for (route, entry) in entry.routes.iter().enumerate() {
            for (number, stop) in entry.stops.iter().enumerate() {
                let slug = format!("{}-{}", slug(&stop.name.en), stop.country.to_lowercase());
                stops.entry(slug).or_insert(StopAt { corridor, route, stop: number });
            }
        }
    }
    stops
}

/// A box to fit: a point's has no size, so it gets some.
#[must_use]
pub fn with_room(bounds: WorldBounds) -> WorldBounds {
    if bounds.min == bounds.max { around(bounds.min) } else { bounds }
}

fn around(point: WorldFixed) -> WorldBounds {
    WorldBounds {
        min: WorldFixed::new(point.x.saturating_sub(AROUND), point.y.saturating_sub(AROUND)),
        max: WorldFixed::new(point.x.saturating_add(AROUND), point.y.saturating_add(AROUND)),
    }
}
