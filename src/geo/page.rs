//! The view of a figure in the equal-area projection: where places lie on the page, and what of the world is on it.

use super::equal_area::EqualArea;
use super::{LonLat, MAX_LATITUDE, ScreenPoint, Size, Viewport, WorldBounds, WorldFixed};

/// How the round Earth becomes a flat picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Projection {
    /// Web Mercator: true to shape. That of the window.
    #[default]
    Mercator,
    /// Lambert's azimuthal equal-area about the middle of the picture: true to area. For figures.
    EqualArea,
}

impl Projection {
    pub const ALL: [Self; 2] = [Self::Mercator, Self::EqualArea];

    /// What it is called on the command line and in what a figure carries.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mercator => "mercator",
            Self::EqualArea => "equal-area",
        }
    }
}

impl std::str::FromStr for Projection {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|projection| projection.name() == text);
        found.ok_or_else(|| "expected mercator or equal-area".to_owned())
    }
}

/// The edges of an equal-area picture are at most this many degrees of arc from its centre: farther out shapes are no
/// longer to be known.
pub const WIDEST_DEG: f64 = 60.0;

/// Steps along each side of the page at which its outline is looked at.
const STEPS: u32 = 64;
/// What lies just beyond the outline counts as on the page, in points: sides are curves between the steps.
const MARGIN: f64 = 32.0;
const WORLD: f64 = 4_294_967_296.0;

/// An equal-area view, with what is worked out once for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Page {
    pub(super) plane: EqualArea,
    center: WorldFixed,
    size: Size,
    /// At the centre, in all directions.
    metres_per_point: f64,
}

impl Viewport {
    pub(super) fn page(&self) -> Page {
        Page {
            plane: EqualArea::about(self.camera.center.to_lonlat()),
            center: self.camera.center,
            size: self.size,
            metres_per_point: self.metres_per_point(),
        }
    }

    /// Whether the picture reaches no farther from its centre than its projection can honestly show: on Mercator
    /// always, else as far as [`WIDEST_DEG`] to its sides and not over the South Pole, where the basemap ends.
    #[must_use]
    pub fn is_presentable(&self) -> bool {
        if self.projection == Projection::Mercator {
            return true;
        }
        let page = self.page();
        let side = self.size.width.max(self.size.height) / 2.0 * page.metres_per_point;
        page.plane.arc_deg(side) <= WIDEST_DEG && !page.holds(LonLat::new(0.0, -MAX_LATITUDE))
    }

    /// Which way north is on the screen at a place, in radians clockwise from up.
    #[must_use]
    pub fn north_at(&self, place: LonLat) -> f64 {
        match self.projection {
            Projection::Mercator => 0.0,
            Projection::EqualArea => self.page().plane.north_at(place),
        }
    }

    /// Points to a degree of longitude at a place, along its parallel.
    #[must_use]
    pub fn degree_width(&self, place: LonLat) -> f64 {
        let at_centre = self.camera.scale() * WORLD / 360.0;
        match self.projection {
            Projection::Mercator => at_centre,
            Projection::EqualArea => {
                let shrunk = |lat: f64| lat.to_radians().cos();
                at_centre * shrunk(place.lat) / shrunk(self.camera.center.to_lonlat().lat)
            }
        }
    }

    /// The zoom at which Mercator is as fine as this picture where that is finest, the view's own on Mercator itself.
    #[must_use]
    pub fn finest_zoom(&self) -> f64 {
        if self.projection == Projection::Mercator {
            return self.camera.zoom;
        }
        let parts = self.bounds();
        let lats = parts.iter().flat_map(|part| [part.min, part.max]).map(|at| at.to_lonlat().lat);
        let (low, high) = lats.fold((90.0_f64, -90.0_f64), |(low, high), lat| (low.min(lat), high.max(lat)));
        let nearest = 0.0_f64.clamp(low.min(high), high.max(low));
        let center = self.camera.center.to_lonlat().lat;
        self.camera.zoom + (nearest.to_radians().cos() / center.to_radians().cos()).log2().max(0.0)
    }

    /// An equal-area camera that shows `bounds`, which Mercator shows through this view, as large as fits within
    /// `margin` points of the edges, but no closer than `closest`. On Mercator the view's own.
    #[must_use]
    pub fn fitted_to(self, bounds: WorldBounds, margin: f64, closest: f64) -> Self {
        let places: Vec<WorldFixed> = outline(bounds).collect();
        self.fitted_round(&places, margin, closest)
    }

    /// An equal-area camera on whose page lie the middles of Mercator's four edges and the two corners nearer a pole, as
    /// far out as they can: close up it shows the same in the same size. Of a very wide view the corners are left out,
    /// for they are so far from each other on the Earth that all else would become small. On Mercator the view's own.
    #[must_use]
    pub fn laid_flat(self) -> Self {
        let plain = self.through(Projection::Mercator);
        let Size { width, height } = self.size;
        let middles = [(0.0, 0.5), (1.0, 0.5), (0.5, 0.0), (0.5, 1.0)];
        let place = |(x, y)| plain.world_from_screen(ScreenPoint::new(x * width, y * height));
        let poleward = if self.camera.center.y < 1 << 31 { 0.0 } else { 1.0 };
        let corners = [(0.0, poleward), (1.0, poleward)];
        let places: Vec<WorldFixed> = middles.into_iter().chain(corners).map(place).collect();
        let whole = self.fitted_round(&places, 0.0, super::MAX_ZOOM);
        if whole.is_presentable() {
            whole
        } else {
            self.fitted_round(&places[..middles.len()], 0.0, super::MAX_ZOOM)
        }
    }

    fn fitted_round(mut self, places: &[WorldFixed], margin: f64, closest: f64) -> Self {
        const ROUNDS: usize = 6;
        if self.projection == Projection::Mercator {
            return self;
        }
        for _ in 0..ROUNDS {
            let page = self.page();
            let points = places.iter().map(|place| page.screen(*place));
            let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
            for ScreenPoint { x, y } in points {
                (low, high) = ([low[0].min(x), low[1].min(y)], [high[0].max(x), high[1].max(y)]);
            }
            let free = [self.size.width, self.size.height].map(|side| (side - 2.0 * margin).max(32.0));
            let wanted = [0, 1].map(|axis| (high[axis] - low[axis]).max(1.0));
            let grow = (free[0] / wanted[0]).min(free[1] / wanted[1]);
            let middle =
                page.place(ScreenPoint::new(f64::midpoint(low[0], high[0]), f64::midpoint(low[1], high[1])));
            let before = self.metres_per_point();
            self.camera.center = middle.to_world();
            // The same metres a point as before, but for what it grows.
            let zoom = self.camera.zoom + (self.metres_per_point() / before * grow).log2();
            self.camera.zoom = zoom.clamp(super::MIN_ZOOM, closest.max(super::MIN_ZOOM));
        }
        self
    }
}

/// Places round a box, corners included.
fn outline(bounds: WorldBounds) -> impl Iterator<Item = WorldFixed> {
    let between = |from: u32, to: u32, n: u32| {
        (f64::from(from) + (f64::from(to) - f64::from(from)) * f64::from(n) / f64::from(STEPS)) as u32
    };
    let WorldBounds { min, max } = bounds;
    (0..=STEPS).flat_map(move |n| {
        let (x, y) = (between(min.x, max.x, n), between(min.y, max.y, n));
        [(x, min.y), (x, max.y), (min.x, y), (max.x, y)].map(|(x, y)| WorldFixed::new(x, y))
    })
}

impl Page {
    pub(super) fn screen(&self, place: WorldFixed) -> ScreenPoint {
        self.on_page(self.plane.of_world(place).at)
    }

    /// The same for any place, the poles included.
    pub(super) fn screen_of(&self, place: LonLat) -> ScreenPoint {
        self.on_page(self.plane.forward(place).at)
    }

    pub(super) fn on_page(&self, [east, north]: [f64; 2]) -> ScreenPoint {
        ScreenPoint::new(
            self.size.width / 2.0 + east / self.metres_per_point,
            self.size.height / 2.0 - north / self.metres_per_point,
        )
    }

    pub(super) fn place(&self, at: ScreenPoint) -> LonLat {
        let east = (at.x - self.size.width / 2.0) * self.metres_per_point;
        let north = (self.size.height / 2.0 - at.y) * self.metres_per_point;
        self.plane.inverse([east, north])
    }

    /// Whether a place is on the page or just beyond its edge.
    fn holds(&self, place: LonLat) -> bool {
        let on = self.plane.forward(place);
        let ScreenPoint { x, y } = self.on_page(on.at);
        on.cos_arc > 0.0
            && (-MARGIN..=self.size.width + MARGIN).contains(&x)
            && (-MARGIN..=self.size.height + MARGIN).contains(&y)
    }

    /// The boxes of Mercator in which all lies that is on the page: one, or two where it crosses 180°.
    pub(super) fn bounds(&self) -> Vec<WorldBounds> {
        let (mut west, mut east) = (0_i64, 0_i64);
        let (mut top, mut bottom) = (self.center.y, self.center.y);
        for place in self.outline() {
            let (dx, _) = place.offset_from(self.center);
            (west, east) = (west.min(dx), east.max(dx));
            (top, bottom) = (top.min(place.y), bottom.max(place.y));
        }
        let poles = [90.0, -90.0].map(|lat| self.holds(LonLat::new(0.0, lat)));
        let (top, bottom) = (if poles[0] { 0 } else { top }, if poles[1] { u32::MAX } else { bottom });
        let is_all_round = poles[0] || poles[1] || (east - west) as f64 >= WORLD - 1.0;
        let part = |west: u32, east: u32| WorldBounds {
            min: WorldFixed::new(west, top),
            max: WorldFixed::new(east, bottom),
        };
        if is_all_round {
            return vec![part(0, u32::MAX)];
        }
        let x = |offset: i64| self.center.x.wrapping_add(offset as u32);
        let (west, east) = (x(west), x(east));
        if west <= east { vec![part(west, east)] } else { vec![part(west, u32::MAX), part(0, east)] }
    }

    /// Places round the page.
    fn outline(&self) -> impl Iterator<Item = WorldFixed> {
        let (width, height) = (self.size.width + 2.0 * MARGIN, self.size.height + 2.0 * MARGIN);
        (0..=STEPS).flat_map(move |n| {
            let share = f64::from(n) / f64::from(STEPS);
            let (x, y) = (width * share, height * share);
            [(x, 0.0), (x, height), (0.0, y), (width, y)]
                .map(|(x, y)| self.place(ScreenPoint::new(x - MARGIN, y - MARGIN)).to_world())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{Camera, MAX_ZOOM, Padding};
    use proptest::prelude::*;

    const SIZE: Size = Size { width: 1440.0, height: 900.0 };

    fn view(lon: f64, lat: f64, zoom: f64) -> Viewport {
        let camera = Camera::new(LonLat::new(lon, lat), zoom);
        Viewport::new(camera, SIZE).through(Projection::EqualArea)
    }

    #[test]
    fn the_scale_bar_is_true_at_the_centre() {
        let view = view(80.41, 44.21, 4.0);
        let metres = view.round_metres(110.0);
        let points = metres / view.metres_per_point();
        let (left, right) = (720.0 - points / 2.0, 720.0 + points / 2.0);
        let [a, b] = [left, right].map(|x| view.world_from_screen(ScreenPoint::new(x, 450.0)).to_lonlat());
        let measured = crate::geo::distance_m(a, b);
        assert!((measured / metres - 1.0).abs() < 2e-3, "{measured} {metres}");
        assert!(
            (view.metres_per_point() - view.through(Projection::Mercator).metres_per_point()).abs() < 1e-9
        );
    }

    #[test]
    fn what_is_on_the_page_lies_in_its_boxes() {
        for (lon, lat, zoom) in
            [(80.0, 44.0, 4.0), (179.0, 60.0, 4.0), (20.0, 78.0, 3.5), (100.0, -20.0, 4.0)]
        {
            let view = view(lon, lat, zoom);
            let parts = view.bounds();
            for (n, m) in (0..=36).flat_map(|n| (0..=36).map(move |m| (n, m))) {
                let at = ScreenPoint::new(f64::from(n) * 40.0, f64::from(m) * 25.0);
                let place = view.world_from_screen(at);
                assert!(parts.iter().any(|part| part.contains(place)), "{lon},{lat}: {at:?} {place:?}");
            }
        }
        assert_eq!(view(179.0, 60.0, 4.0).bounds().len(), 2);
    }

    #[test]
    fn too_wide_a_view_is_told_apart() {
        assert!(view(80.0, 40.0, 4.0).is_presentable());
        assert!(!view(80.0, 40.0, 2.4).is_presentable());
        assert!(view(80.0, 40.0, 2.4).through(Projection::Mercator).is_presentable());
        assert!(!view(0.0, -80.0, 4.0).is_presentable(), "the basemap has no South Pole");
    }

    #[test]
    fn a_box_is_fitted_within_the_margin() {
        let bounds = WorldBounds::of_degrees([40.0, 0.0, 120.0, 60.0]);
        let camera = Viewport::fit(SIZE, bounds, Padding::default(), MAX_ZOOM);
        let view =
            Viewport::new(camera, SIZE).through(Projection::EqualArea).fitted_to(bounds, 30.0, MAX_ZOOM);
        let points: Vec<ScreenPoint> = outline(bounds).map(|place| view.screen_from_world(place)).collect();
        let (top, bottom) = (points.iter().map(|at| at.y), points.iter().map(|at| at.y));
        let (top, bottom) = (top.fold(f64::MAX, f64::min), bottom.fold(f64::MIN, f64::max));
        assert!((top - 30.0).abs() < 1.0 && (bottom - 870.0).abs() < 1.0, "{top} {bottom}");
        assert!(points.iter().all(|at| (29.0..1411.0).contains(&at.x)));
    }

    #[test]
    fn a_wide_view_is_laid_flat_with_all_that_is_in_its_middle() {
        let plain = view(70.0, 34.0, 4.2).through(Projection::Mercator);
        let flat = plain.through(Projection::EqualArea).laid_flat();
        for (x, y) in [(0.0, 450.0), (1440.0, 450.0), (720.0, 0.0), (720.0, 900.0), (0.0, 0.0), (1440.0, 0.0)]
        {
            let at = flat.screen_from_world(plain.world_from_screen(ScreenPoint::new(x, y)));
            assert!((-1.0..1441.0).contains(&at.x) && (-1.0..901.0).contains(&at.y), "{at:?}");
        }
        let near = view(80.0, 44.0, 10.0);
        let flat = near.laid_flat();
        assert!((flat.camera.zoom - near.camera.zoom).abs() < 0.01, "close up it is the same");
        assert!(flat.screen_from_world(near.camera.center).distance(ScreenPoint::new(720.0, 450.0)) < 3.0);
        assert_eq!(plain.laid_flat(), plain);
    }

    proptest! {
        #[test]
        fn screen_and_world_agree(
            lon in -180.0..180.0, lat in -70.0..70.0_f64, zoom in 4.0..14.0, x in 0.0..1440.0, y in 0.0..900.0,
        ) {
            let view = view(lon, lat, zoom);
            let point = ScreenPoint::new(x, y);
            let place = view.world_from_screen(point);
            prop_assume!(place.y > 1 << 20 && place.y < u32::MAX - (1 << 20));
            let back = view.screen_from_world(place);
            // Far from the equator a step of the world is the same length on the ground in both.
            prop_assert!(back.distance(point) <= (4.0 * view.camera.scale()).max(1e-5), "{back:?}");
        }
    }
}
