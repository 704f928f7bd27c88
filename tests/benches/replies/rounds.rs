//! Engines measured in turns, so that a noisy moment of the machine meets all of them.

use crate::engines::Engine;
use rules_tests::measured::Set;
use std::time::{Duration, Instant};

/// How often each engine has its turn.
const ROUNDS: usize = 21;
/// How long the first look at an engine may take; it also warms caches up.
const FIRST_LOOK: Duration = Duration::from_millis(400);
/// How long one turn of a slow engine may take.
const TURN: Duration = Duration::from_millis(25);

/// What was measured of one engine.
#[derive(Debug)]
pub struct Figures {
    pub engine: &'static str,
    /// How many of the set's replies it was given.
    pub replies: usize,
    /// Nanoseconds a reply: a pass over all replies, divided by their number; the median of all rounds.
    pub mean: f64,
    /// The same in bytes per second.
    pub bytes_per_second: f64,
    /// Nanoseconds: each reply's median over the rounds; of these the median, and the largest but one in a hundred.
    pub median: f64,
    pub p99: f64,
    pub table_bytes: Option<usize>,
}

/// Measures every engine on a set.
pub fn measure(engines: &mut [Engine<'_>], set: &Set) -> Vec<Figures> {
    let all: Vec<&str> = set.replies.iter().map(String::as_str).collect();
    let samples: Vec<Vec<&str>> = engines.iter_mut().map(|engine| sample(engine, &all)).collect();
    let mut passes: Vec<Vec<f64>> = vec![Vec::new(); engines.len()];
    let mut each: Vec<Vec<Vec<u64>>> = samples.iter().map(|sample| vec![Vec::new(); sample.len()]).collect();
    let mut clock = Vec::new();
    for round in 0..ROUNDS {
        for (number, engine) in engines.iter_mut().enumerate() {
            let sample = &samples[number];
            let slow = passes[number].first().is_some_and(|time| time * sample.len() as f64 > 4e9 * TURN.as_secs_f64());
            if slow && round % 4 != 0 {
                continue;
            }
            let time = engine.pass(sample);
            passes[number].push(time.as_nanos() as f64 / sample.len() as f64);
            // Slow engines have fewer turns with the clock.
            if time < TURN || round % 4 == 0 {
                engine.each(sample, &mut each[number]);
            }
        }
        clock.push(clock_cost());
    }
    let clock = median(&mut clock);
    let figures = |(number, engine): (usize, &Engine<'_>)| {
        let mean = median(&mut passes[number].clone());
        let of_reply = |times: &Vec<u64>| {
            (median(&mut times.iter().map(|time| *time as f64).collect::<Vec<_>>()) - clock).max(0.0)
        };
        let mut times: Vec<f64> = each[number].iter().map(of_reply).collect();
        let bytes: usize = samples[number].iter().map(|reply| reply.len()).sum();
        Figures {
            engine: engine.name,
            replies: times.len(),
            mean,
            bytes_per_second: bytes as f64 / times.len() as f64 / mean * 1e9,
            median: median(&mut times),
            p99: percentile(&mut times, 0.99),
            table_bytes: engine.bytes,
        }
    };
    engines.iter().enumerate().map(figures).collect()
}

/// As many replies, spread over the set, as an engine gets through in its first look and then in one turn.
fn sample<'r>(engine: &mut Engine<'_>, all: &[&'r str]) -> Vec<&'r str> {
    // A step without a common factor visits every reply.
    let step = (1..).map(|k| 977 + 2 * k).find(|step| gcd(*step, all.len()) == 1).unwrap_or(1);
    let mut order: Vec<&str> = (0..all.len()).map(|number| all[number * step % all.len()]).collect();
    let start = Instant::now();
    let seen = order.iter().take_while(|reply| {
        let goes_on = start.elapsed() < FIRST_LOOK;
        if goes_on {
            engine.pass(&[**reply]);
        }
        goes_on
    });
    let seen = seen.count().max(1);
    order.truncate(seen);
    let pass = engine.pass(&order);
    let fit = order.len() as f64 * (TURN.as_secs_f64() / pass.as_secs_f64()).min(1.0);
    order.truncate((fit as usize).max(order.len().min(3)));
    order
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// What reading the clock twice costs.
fn clock_cost() -> f64 {
    let mut times: Vec<f64> = (0..500)
        .map(|_| {
            let start = Instant::now();
            start.elapsed().as_nanos() as f64
        })
        .collect();
    median(&mut times)
}

/// The middle value; 0 for none.
pub fn median(values: &mut [f64]) -> f64 {
    percentile(values, 0.5)
}

fn percentile(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = ((values.len() as f64 * part) as usize).min(values.len().saturating_sub(1));
    values.get(at).copied().unwrap_or(0.0)
}
