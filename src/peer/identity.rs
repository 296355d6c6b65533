//! The certificate of a node: made at its start, kept nowhere. Its hash stands in the register, and there others look it up.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::version::TLS13;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, DistinguishedName, Error, ServerConfig,
    SignatureScheme,
};
use sha2::{Digest, Sha256};

/// The name in every certificate: nodes are told apart by their hashes.
pub(super) const NAME: &str = "boule";

/// Why a node has no certificate.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// It could not be made.
    #[error("a certificate for other nodes can't be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// It can't be used.
    #[error("the certificate for other nodes can't be used: {0}")]
    Tls(#[from] Error),
}

/// A node's certificate and its key.
pub struct Identity {
    certificate: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
    provider: Arc<CryptoProvider>,
}

/// The hash by which a certificate is known.
pub(super) fn hash(certificate: &CertificateDer<'_>) -> String {
    hex::encode(Sha256::digest(certificate))
}

impl Identity {
    /// A new one.
    pub fn new() -> Result<Self, IdentityError> {
        let made = rcgen::generate_simple_self_signed([NAME.to_owned()])?;
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let provider = Arc::new(ring::default_provider());
        Ok(Self { certificate: made.cert.der().clone(), key: key.into(), provider })
    }

    /// The hash by which others know it.
    pub fn certificate(&self) -> String {
        hash(&self.certificate)
    }

    /// How it hears others: each has to show a certificate. Whose it is, is looked up afterwards.
    pub(super) fn server(&self) -> Result<ServerConfig, IdentityError> {
        let builder = ServerConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_protocol_versions(&[&TLS13])?;
        let verifier = Arc::new(Shown { hash: None, provider: Arc::clone(&self.provider) });
        let config = builder
            .with_client_cert_verifier(verifier)
            .with_single_cert(vec![self.certificate.clone()], self.key.clone_key())?;
        Ok(config)
    }

    /// How it speaks to the node with this certificate, and to no other.
    pub(super) fn client(&self, of: String) -> Result<ClientConfig, IdentityError> {
        let builder = ClientConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_protocol_versions(&[&TLS13])?;
        let verifier = Arc::new(Shown { hash: Some(of), provider: Arc::clone(&self.provider) });
        let config = builder
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_client_auth_cert(vec![self.certificate.clone()], self.key.clone_key())?;
        Ok(config)
    }
}

/// Takes a certificate by its hash, or any for now. That whoever shows it has its key is always looked at.
#[derive(Debug)]
struct Shown {
    hash: Option<String>,
    provider: Arc<CryptoProvider>,
}

impl Shown {
    fn check(&self, shown: &CertificateDer<'_>) -> Result<(), Error> {
        match &self.hash {
            Some(wanted) if *wanted != hash(shown) => {
                Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
            }
            _ => Ok(()),
        }
    }
}

/// That whoever shows a certificate has its key: the same for both ends. Nobody speaks anything older between nodes.
macro_rules! checks_signatures {
    () => {
        fn verify_tls12_signature(
            &self,
            _: &[u8],
            _: &CertificateDer<'_>,
            _: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            Err(Error::General("nodes speak TLS 1.3".into()))
        }

        fn verify_tls13_signature(
            &self,
            message: &[u8],
            cert: &CertificateDer<'_>,
            signed: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            verify_tls13_signature(message, cert, signed, &self.provider.signature_verification_algorithms)
        }

        fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
            self.provider.signature_verification_algorithms.supported_schemes()
        }
    };
}

impl ServerCertVerifier for Shown {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.check(end_entity).map(|()| ServerCertVerified::assertion())
    }

    checks_signatures!();
}

impl ClientCertVerifier for Shown {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        self.check(end_entity).map(|()| ClientCertVerified::assertion())
    }

    checks_signatures!();
}
