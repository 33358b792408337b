//! A file whose frame is broken: what can be understood of it, in a new one.

use std::ops::Range;

use super::super::Kind;
use super::super::scan::{Node, Value, Visit, scan};
use super::{Done, Fix, Mended, has_errors};

/// A collection of all features that can be understood, for a file whose frame is broken.
pub(super) fn rebuilt(mended: Mended) -> Mended {
    struct Collect<'a> {
        text: &'a [u8],
        features: Vec<(u32, String)>,
        log: Vec<Done>,
        row: u32,
    }
    impl Collect<'_> {
        fn take(&mut self, node: &Node) {
            let text = String::from_utf8_lossy(&self.text[node.span.clone()]).into_owned();
            self.features.push((self.row, text));
            self.row += 1;
        }
    }
    impl Visit for Collect<'_> {
        fn slip(&mut self, _: Kind, _: usize, _: Option<(Range<usize>, &str)>) {}

        fn feature(&mut self, node: &Node) -> bool {
            self.take(node);
            true
        }

        fn lost(&mut self, span: Range<usize>) {
            let byte = span.start as u64;
            self.log.push(Done { fix: Fix::FeatureLeftOut, byte, feature: Some(self.row), of: None });
        }

        fn top(&mut self, node: &Node, features: Option<usize>) {
            if features.is_none() && matches!(node.value, Value::Object(_)) {
                self.take(node);
            }
        }
    }
    let mut collect = Collect { text: &mended.text, features: Vec::new(), log: Vec::new(), row: 0 };
    scan(&mended.text, 0, &mut collect);
    let Collect { features, log, .. } = collect;
    let mut rebuilt = Mended { text: Vec::new(), log: mended.log };
    rebuilt.log.extend(log);
    let mut kept: Vec<String> = Vec::new();
    for (row, feature) in features {
        let list = |feature: &str| format!("{{\"type\":\"FeatureCollection\",\"features\":[{feature}]}}");
        if has_errors(list(&feature).as_bytes()) {
            rebuilt.log.push(Done { fix: Fix::FeatureLeftOut, byte: 0, feature: Some(row), of: None });
        } else {
            kept.push(feature);
        }
    }
    rebuilt.text =
        format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", kept.join(",\n")).into_bytes();
    rebuilt
}
