//! LibreOffice as a reader that is not ours.

use std::path::Path;

/// Has it turn documents into PDF: none may need repair. Nothing where it is not installed.
pub fn to_pdf(files: &[(&str, &[u8])]) -> Vec<Vec<u8>> {
    let found = std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join("soffice").is_file()));
    if !found {
        return Vec::new();
    }
    let folder = tempfile::tempdir().unwrap();
    let mut command = std::process::Command::new("soffice");
    command
        .arg("--headless")
        .arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()))
        .args(["--convert-to", "pdf", "--outdir"])
        .arg(folder.path());
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        command.arg(path);
    }
    let done = command.output().unwrap();
    let page = |name: &str| {
        let pdf =
            std::fs::read(folder.path().join(Path::new(name).with_extension("pdf"))).unwrap_or_default();
        assert!(
            pdf.len() > 1_000,
            "{name}: {}{}",
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&done.stderr)
        );
        pdf
    };
    files.iter().map(|(name, _)| page(name)).collect()
}
