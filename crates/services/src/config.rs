use std::path::PathBuf;

/// What the use cases need to know of this installation.
#[derive(Debug, Clone)]
pub struct ServicesConfig {
    /// Where people reach this installation, without a slash at the end: put before links that are copied or mailed.
    pub base_url: String,
    /// Where uploaded files are kept; outside the folder of the site.
    pub files_folder: PathBuf,
    pub passwords: PasswordCost,
}

/// What one check of a password costs (argon2id).
#[derive(Debug, Clone, Copy)]
pub struct PasswordCost {
    pub memory_kib: u32,
    pub passes: u32,
    /// How many run at once; each holds its memory and a core.
    pub at_once: usize,
}

impl Default for PasswordCost {
    /// OWASP's smallest advice for argon2id: 19 MiB, two passes. Two at once keep 38 MiB at most.
    fn default() -> Self {
        Self {
            memory_kib: 19_456,
            passes: 2,
            at_once: 2,
        }
    }
}

impl PasswordCost {
    /// As cheap as the algorithm allows: for tests and made-up people, whose passwords are public.
    pub fn least() -> Self {
        Self {
            memory_kib: 8,
            passes: 1,
            at_once: 8,
        }
    }
}
