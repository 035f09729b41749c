//! The checklists that are compiled in. A test holds the list against the folder.

macro_rules! checklists {
    ($($name:literal)*) => {
        &[$((concat!($name, ".toml"), include_str!(concat!("../../corpora/checklists/", $name, ".toml")))),*]
    };
}

/// Every file of `corpora/checklists` (its name, its text), in the order in which they are listed.
pub(super) const CHECKLISTS: &[(&str, &str)] = checklists!(
    "cloud-act"
    "finance"
    "finance-csp"
    "public"
    "quality"
    "medical"
    "personal-data"
    "consumer"
);

#[cfg(test)]
mod tests {
    use super::CHECKLISTS;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_file_of_the_folder_is_compiled_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/checklists");
        let there: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.ends_with(".toml"))
            .collect();
        let listed: BTreeSet<String> = CHECKLISTS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(there, listed);
    }
}
