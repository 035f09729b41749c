//! The ruled lines among what a page draws: borders and lines of tables, whichever way they were drawn.

use crate::load::pdf::sheet::{Frame, Rule};

/// A page with more ruled lines than this is a drawing and has no tables.
pub(super) const RULES: usize = 20_000;

/// A step of a path, in the file's own axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    Move(f32, f32),
    Line(f32, f32),
    /// A corner, width and height.
    Box(f32, f32, f32, f32),
    Curve,
    Close,
}

/// The straight lines along an axis that a path draws; thin filled boxes count as lines, others as shades.
pub(super) fn rules(path: &[Step], stroked: bool, frame: &Frame) -> Vec<Rule> {
    /// Thickest box that is a line.
    const THIN: f32 = 3.0;
    let mut out = Vec::new();
    let flip = |x: f32, y: f32| (x - frame.left, frame.height - (y - frame.bottom));
    let straight = |(ax, ay): (f32, f32), (bx, by): (f32, f32), out: &mut Vec<Rule>| {
        let (dx, dy) = ((ax - bx).abs(), (ay - by).abs());
        if dy <= 1.0 && dx > THIN {
            out.push(Rule::Across { y: (ay + by) / 2.0, x0: ax.min(bx), x1: ax.max(bx) });
        } else if dx <= 1.0 && dy > THIN {
            out.push(Rule::Down { x: (ax + bx) / 2.0, y0: ay.min(by), y1: ay.max(by) });
        }
    };
    let boxed = |corners: [(f32, f32); 2], out: &mut Vec<Rule>| {
        let [(ax, ay), (bx, by)] = corners;
        let (x0, x1, y0, y1) = (ax.min(bx), ax.max(bx), ay.min(by), ay.max(by));
        if y1 - y0 <= THIN && x1 - x0 > THIN {
            out.push(Rule::Across { y: (y0 + y1) / 2.0, x0, x1 });
        } else if x1 - x0 <= THIN && y1 - y0 > THIN {
            out.push(Rule::Down { x: (x0 + x1) / 2.0, y0, y1 });
        } else if !stroked {
            out.extend([Rule::Edge { y: y0, x0, x1 }, Rule::Edge { y: y1, x0, x1 }]);
        } else if x1 - x0 > THIN && y1 - y0 > THIN {
            out.extend([Rule::Across { y: y0, x0, x1 }, Rule::Across { y: y1, x0, x1 }]);
            out.extend([Rule::Down { x: x0, y0, y1 }, Rule::Down { x: x1, y0, y1 }]);
        }
    };
    if path.contains(&Step::Curve) {
        return out;
    }
    let mut shape: Vec<(f32, f32)> = Vec::new();
    let end = |shape: &mut Vec<(f32, f32)>, out: &mut Vec<Rule>| {
        let bounds = |of: fn(&(f32, f32)) -> f32| {
            shape.iter().map(of).fold((f32::MAX, f32::MIN), |(a, b), v| (a.min(v), b.max(v)))
        };
        let ((x0, x1), (y0, y1)) = (bounds(|point| point.0), bounds(|point| point.1));
        let on_edge = |&(x, y): &(f32, f32)| {
            ((x - x0).abs() <= 1.0 || (x - x1).abs() <= 1.0)
                && ((y - y0).abs() <= 1.0 || (y - y1).abs() <= 1.0)
        };
        let shade = !stroked && (4..=5).contains(&shape.len()) && shape.iter().all(on_edge);
        if shade || shape.len() >= 4 && (x1 - x0 <= THIN || y1 - y0 <= THIN) {
            boxed([(x0, y0), (x1, y1)], out);
        } else if stroked {
            for pair in shape.windows(2) {
                straight(pair[0], pair[1], out);
            }
        }
        shape.clear();
    };
    for step in path {
        match *step {
            Step::Move(x, y) => {
                end(&mut shape, &mut out);
                shape.push(flip(x, y));
            }
            Step::Line(x, y) => shape.push(flip(x, y)),
            Step::Box(x, y, width, height) => {
                end(&mut shape, &mut out);
                boxed([flip(x, y), flip(x + width, y + height)], &mut out);
            }
            Step::Close => {
                if let Some(first) = shape.first().copied() {
                    shape.push(first);
                }
            }
            Step::Curve => {}
        }
    }
    end(&mut shape, &mut out);
    out.retain(|rule| match rule {
        Rule::Across { y, x0, x1 } | Rule::Edge { y, x0, x1 } => {
            y.is_finite() && x0.is_finite() && x1.is_finite()
        }
        Rule::Down { x, y0, y1 } => x.is_finite() && y0.is_finite() && y1.is_finite(),
    });
    out
}
