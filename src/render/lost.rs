//! A device that stops: its driver crashed, or it was pulled out. egui 0.37 goes on drawing nothing; the shell is told
//! instead.

use std::sync::Arc;

use egui_wgpu::{RenderState, wgpu};

/// Calls `told` once the device of the window is lost or its memory is used up. Errors in how it is used, which
/// would end the program, are written to the log.
pub fn on_device_lost(state: &RenderState, told: impl Fn(&str) + Send + Sync + 'static) {
    let told = Arc::new(told);
    let lost = Arc::clone(&told);
    state.device.set_device_lost_callback(move |reason, message| {
        // Ours to destroy at the end.
        if reason != wgpu::DeviceLostReason::Destroyed {
            lost(&message);
        }
    });
    state.device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| match error {
        wgpu::Error::OutOfMemory { source } => told(&source.to_string()),
        error => log::error!("the graphics device: {error}"),
    }));
}
