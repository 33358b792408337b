//! Corridor Atlas: the Belt and Road's six corridors and eleven cross-border zones on one map.
//!
//! Modules in reading order, from the ground up; ARCHITECTURE.md tells what each may use.

pub mod geo;
pub mod i18n;
pub mod theme;

pub mod net;

pub mod data;
pub mod doctor;
pub mod format;
pub mod tiles;

pub mod atlas;
pub mod basemap;
pub mod catalog;
pub mod search;
pub mod tour;

pub mod state;

pub mod scene;

pub mod content;

pub mod flight;

pub mod render;

pub mod export;

pub mod ui;

pub mod cli;

pub mod app;
