//! Scrolling at the edges while something is dragged.

/// Pixels from an edge within which it scrolls.
const ZONE: f64 = 64.0;
/// Pixels per frame at the very edge: a screenful in about a second.
const FASTEST: f64 = 18.0;

/// Pixels to scroll in this frame: negative towards the start, 0 away from the edges. Grows with the square of the
/// nearness, so that the edge is easy to leave.
pub fn speed(at: f64, start: f64, end: f64) -> f64 {
    // A narrow column keeps a calm middle.
    let zone = ZONE.min((end - start) / 4.0);
    if zone <= 0.0 {
        return 0.0;
    }
    let near = |distance: f64| ((zone - distance) / zone).clamp(0.0, 1.0).powi(2) * FASTEST;
    near(end - at) - near(at - start)
}

#[cfg(test)]
mod tests {
    use super::speed;

    #[test]
    fn the_middle_is_calm_and_the_edges_pull() {
        assert!(speed(300.0, 0.0, 600.0).abs() < f64::EPSILON);
        assert!(speed(595.0, 0.0, 600.0) > 10.0);
        assert!(speed(2.0, 0.0, 600.0) < -10.0);
        assert!(speed(560.0, 0.0, 600.0) > 0.0 && speed(560.0, 0.0, 600.0) < 4.0);
    }

    #[test]
    fn beyond_the_edge_it_is_no_faster() {
        assert!((speed(900.0, 0.0, 600.0) - 18.0).abs() < 1e-9);
        assert!(speed(5.0, 0.0, 0.0).abs() < f64::EPSILON);
    }
}
