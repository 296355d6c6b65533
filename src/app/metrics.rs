//! Metrics and readiness, on a port of their own: they are for whoever runs the server, not for the
//! public.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use crate::edge::Context;
use crate::peer::PeerMeters;
use crate::ws::SocketMeters;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Clone)]
struct Metrics {
    context: Context,
    registry: Arc<Registry>,
    staleness_ms: Gauge,
    ready: Gauge,
}

/// The routes of the metrics' port.
pub fn router(context: Context, sockets: &SocketMeters, peers: Option<&PeerMeters>) -> Router {
    let mut registry = Registry::with_prefix("boule");
    context.store.meters().register(&mut registry);
    context.rooms.meters().register(&mut registry);
    sockets.register(&mut registry);
    if let Some(peers) = peers {
        peers.register(&mut registry);
    }
    let (staleness_ms, ready) = (Gauge::default(), Gauge::default());
    let help = "How long the oldest change waits for a map, of all rooms, in milliseconds";
    registry.register("map_staleness_milliseconds", help, staleness_ms.clone());
    registry.register("ready", "1 while votes can be taken", ready.clone());
    let metrics = Metrics { context, registry: Arc::new(registry), staleness_ms, ready };
    Router::new().route("/metrics", get(show_metrics)).route("/ready", get(show_ready)).with_state(metrics)
}

/// `GET /metrics`
async fn show_metrics(State(metrics): State<Metrics>) -> Response {
    let waits = metrics.context.rooms.measure();
    metrics.staleness_ms.set(i64::try_from(waits.as_millis()).unwrap_or(i64::MAX));
    metrics.ready.set(i64::from(metrics.context.is_ready().await));
    let mut text = String::new();
    match encode(&mut text, &metrics.registry) {
        Ok(()) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// `GET /ready`
async fn show_ready(State(metrics): State<Metrics>) -> Response {
    match metrics.context.is_ready().await {
        true => (StatusCode::OK, "ready\n").into_response(),
        false => (StatusCode::SERVICE_UNAVAILABLE, "not ready\n").into_response(),
    }
}
