//! Passwords: hashed with argon2id, one after the other, on a thread that gives way to whatever answers people.
//!
//! One hash takes 19 MiB and some 20 ms (OWASP's parameters, which are the library's default). One thread
//! bounds the memory, and a queue of limited length bounds the wait: who comes after it is told that the
//! server is busy, and votes go on.

use std::sync::mpsc::{SyncSender, sync_channel};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::oneshot;
use unicode_normalization::UnicodeNormalization as _;

use crate::clock::random_bytes;

/// Passwords that may wait to be hashed.
const MOST_WAITING: usize = 512;
/// The shortest password, in characters. A second factor stands beside it.
pub const MIN_PASSWORD: usize = 12;
/// The longest one.
pub const MAX_PASSWORD: usize = 200;
/// How much the thread gives way, a niceness.
#[cfg(target_os = "linux")]
const GIVES_WAY: i32 = 10;

type Job = Box<dyn FnOnce() + Send>;

/// More passwords wait than can be looked at soon.
#[derive(Debug, thiserror::Error)]
#[error("too many people sign in at once")]
pub struct TooManySignIns;

/// Why a password can't be one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadPassword {
    /// Fewer than [`MIN_PASSWORD`] characters.
    TooShort,
    /// More than [`MAX_PASSWORD`].
    TooLong,
    /// Anybody would guess it.
    TooCommon,
}

/// Hashes passwords; cheap to clone.
#[derive(Clone)]
pub struct Passwords(SyncSender<Job>);

impl Default for Passwords {
    fn default() -> Self {
        let (jobs, waiting) = sync_channel::<Job>(MOST_WAITING);
        let thread = std::thread::Builder::new().name("passwords".into()).spawn(move || {
            // Only on Linux has a thread a niceness of its own; elsewhere this would slow the process.
            #[cfg(target_os = "linux")]
            let _ = rustix::process::nice(GIVES_WAY);
            for job in waiting {
                // One that fails is told to whoever waits for it; the others go on.
                let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(job));
            }
        });
        if let Err(error) = thread {
            // Nobody can sign in with a password then; each who tries is told that the server is busy.
            tracing::error!(%error, "no thread for passwords can be started");
        }
        Self(jobs)
    }
}

impl Passwords {
    /// A PHC string for a new password.
    pub async fn hash(&self, password: String) -> Result<String, TooManySignIns> {
        let salt: [u8; 16] = random_bytes();
        let hashed = self.run(move || hash(&password, &salt)).await?;
        hashed.ok_or(TooManySignIns)
    }

    /// Whether a password is the one that was hashed. It takes as long where there is none: nobody learns from
    /// the time whether there is an account.
    pub async fn is_right(&self, password: String, hashed: Option<String>) -> Result<bool, TooManySignIns> {
        // A longer one is nobody's, and would only take memory while it waits.
        let hashed = hashed.filter(|_| password.chars().count() <= MAX_PASSWORD);
        let password: String = password.chars().take(MAX_PASSWORD).collect();
        self.run(move || match hashed {
            Some(hashed) => verify(&password, &hashed),
            None => {
                let _ = hash(&password, &[0; 16]);
                false
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, TooManySignIns> {
        let (sender, result) = oneshot::channel::<T>();
        let job = Box::new(move || {
            // Who has gone away meanwhile costs nothing more.
            if !sender.is_closed() {
                let _ = sender.send(work());
            }
        });
        self.0.try_send(job).map_err(|_| TooManySignIns)?;
        result.await.map_err(|_| TooManySignIns)
    }
}

/// What is hashed, and looked at before: keyboards differ in how they write the same letter.
fn same_letters(password: &str) -> String {
    password.nfkc().collect()
}

fn hash(password: &str, salt: &[u8]) -> Option<String> {
    let hashed = Argon2::default().hash_password_with_salt(same_letters(password).as_bytes(), salt).ok()?;
    Some(hashed.to_string())
}

fn verify(password: &str, hashed: &str) -> bool {
    let Ok(hashed) = PasswordHash::new(hashed) else { return false };
    Argon2::default().verify_password(same_letters(password).as_bytes(), &hashed).is_ok()
}

/// Passwords of this length that everybody tries first, and the beginnings of others.
const COMMON: [&str; 14] = [
    "123456789",
    "qwertyuiop",
    "qwerty12345",
    "password",
    "passwort",
    "iloveyou",
    "administrator",
    "letmein",
    "welcome",
    "changeme",
    "abcdefgh",
    "q1w2e3r4",
    "1q2w3e4r",
    "correcthorsebatterystaple",
];

/// Whether a password may be one, of somebody with this address.
pub fn check_password(password: &str, address: &str) -> Result<(), BadPassword> {
    let password = same_letters(password);
    let characters = password.chars().count();
    if characters < MIN_PASSWORD {
        return Err(BadPassword::TooShort);
    }
    if characters > MAX_PASSWORD {
        return Err(BadPassword::TooLong);
    }
    let plain = password.to_lowercase();
    let mut letters: Vec<char> = plain.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let name = address.split('@').next().unwrap_or_default().to_lowercase();
    let about_them = name.len() >= 4 && plain.contains(&name);
    let is_common = COMMON.iter().any(|common| plain.starts_with(common));
    if letters.len() < 5 || about_them || is_common { Err(BadPassword::TooCommon) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_kept_as_argon2id_with_owasps_parameters_and_only_the_same_is_right() {
        let passwords = Passwords::default();
        let kept = passwords.hash("a long winter evening".into()).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        let again = passwords.hash("a long winter evening".into()).await.unwrap();
        assert_ne!(kept, again, "each has a salt of its own");
        assert!(passwords.is_right("a long winter evening".into(), Some(kept.clone())).await.unwrap());
        assert!(!passwords.is_right("a long winter Evening".into(), Some(kept)).await.unwrap());
        assert!(!passwords.is_right("a long winter evening".into(), None).await.unwrap());
        assert!(!passwords.is_right(String::new(), Some("damaged".into())).await.unwrap());
        let kept = passwords.hash("gr\u{fc}n wie die Wiese".into()).await.unwrap();
        assert!(passwords.is_right("gru\u{308}n wie die Wiese".into(), Some(kept)).await.unwrap());
    }

    #[tokio::test]
    async fn who_finds_the_queue_full_is_told_so() {
        let passwords = Passwords::default();
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let first = passwords.clone();
        let first = tokio::spawn(async move { first.run(move || wait.recv().is_ok()).await });
        tokio::task::yield_now().await;
        let mut waiting = Vec::new();
        let refused = loop {
            let one = passwords.clone();
            let mut asked = Box::pin(async move { one.run(|| ()).await });
            match futures_util::poll!(&mut asked) {
                std::task::Poll::Ready(answer) => break answer,
                std::task::Poll::Pending => waiting.push(asked),
            }
            assert!(waiting.len() <= MOST_WAITING + 1, "the queue has no end");
        };
        assert!(refused.is_err());
        go.send(()).unwrap();
        assert!(first.await.unwrap().unwrap());
        for asked in waiting {
            asked.await.unwrap();
        }
    }

    #[test]
    fn what_anybody_would_guess_is_no_password() {
        use BadPassword::{TooCommon, TooLong, TooShort};
        for (password, why) in [
            ("short", TooShort),
            ("aaaaaaaaaaaaaaaa", TooCommon),
            ("Password1234", TooCommon),
            ("\u{ff30}\u{ff41}\u{ff53}\u{ff53}word1234", TooCommon),
            ("CorrectHorseBatteryStaple", TooCommon),
            ("mary-mary-quite", TooCommon),
            (&"long ".repeat(50), TooLong),
        ] {
            assert_eq!(check_password(password, "mary@town.example"), Err(why), "{password}");
        }
        assert_eq!(check_password("four plain words here", "mary@town.example"), Ok(()));
        assert_eq!(check_password("zwölf Zeichen", "al@town.example"), Ok(()));
    }
}
