import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from '@prometheus-io/client'

/** The names that labels may have: those of the configuration. Any other one is counted as `other`. */
export type MetricDestinations = ReadonlyMap<string, ReadonlySet<string>>

/** A call that was made for a lead. */
export interface ObservedCall {
  readonly form: string
  readonly destination: string
  readonly outcome: string
  /** The HTTP status of the answer, if there was one. */
  readonly status?: number | undefined
  readonly seconds: number
}

/** The waiting deliveries of a destination. */
export interface QueueGauge {
  readonly form: string
  readonly destination: string
  /** The numbers of deliveries by their state: `waiting`, `failed` … */
  readonly deliveries: Readonly<Record<string, number>>
  readonly oldestWaitingSeconds: number
}

/** Counts what the relay does, for Prometheus. No label has a person's value; their number is bounded. */
export interface Metrics {
  /** A post was answered with an outcome, or not taken: `invalid`, `conflict`, `limited`, `not-stored`. */
  answered(form: string, outcome: string): void
  /** A lead was stored, this long after its request began. */
  stored(form: string, seconds: number): void
  called(call: ObservedCall): void
  /** A destination has decided about a lead, this long after the lead was queued for it. */
  decided(form: string, destination: string, seconds: number): void
  /** A statement or a whole transaction of the database has ended. */
  ran(kind: 'statement' | 'transaction', seconds: number): void
  /** All metrics in the text format. */
  render(
    queue: readonly QueueGauge[],
    status: 'ok' | 'degraded' | 'down',
    messages?: readonly {
      readonly receiver: string
      readonly counts: Readonly<Record<string, number>>
    }[],
  ): Promise<{ readonly contentType: string; readonly text: string }>
}

/** Creates the metrics of one relay. */
export function createMetrics(destinations: () => MetricDestinations): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const leads = new Counter({
    name: 'anketa_leads_total',
    help: 'Posted leads by the outcome that the page was answered.',
    labelNames: ['form', 'outcome'],
    registers,
  })
  const storing = new Histogram({
    name: 'anketa_intake_seconds',
    help: 'Time from a post until its lead is stored.',
    labelNames: ['form'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const deliveries = new Histogram({
    name: 'anketa_delivery_seconds',
    help: 'Time from queuing a lead for a destination until the destination has decided.',
    labelNames: ['form', 'destination'],
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 6 * 3600, 24 * 3600, 7 * 24 * 3600],
    registers,
  })
  const answers = new Counter({
    name: 'anketa_provider_answers_total',
    help: 'Calls that sent a lead or a code, by outcome and class of the HTTP status.',
    labelNames: ['form', 'destination', 'outcome', 'http'],
    registers,
  })
  const calls = new Histogram({
    name: 'anketa_provider_call_seconds',
    help: 'Time of calls that sent a lead or a code.',
    labelNames: ['form', 'destination'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
    registers,
  })
  const database = new Histogram({
    name: 'anketa_database_seconds',
    help: 'Time of statements outside of transactions, and of whole transactions.',
    labelNames: ['kind'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  })
  const queue = new Gauge({
    name: 'anketa_queue_deliveries',
    help: 'Deliveries by destination that are waiting, failed, uncertain, refused or unreadable.',
    labelNames: ['form', 'destination', 'state'],
    registers,
  })
  const oldest = new Gauge({
    name: 'anketa_queue_oldest_seconds',
    help: 'How long the oldest waiting delivery of a destination has been waiting.',
    labelNames: ['form', 'destination'],
    registers,
  })
  const messageGauge = new Gauge({
    name: 'anketa_messages',
    help: 'Notifications and postbacks by receiver that are waiting, failed or uncertain.',
    labelNames: ['receiver', 'state'],
    registers,
  })
  const up = new Gauge({
    name: 'anketa_health',
    help: 'What /healthz says: 2 ok, 1 degraded, 0 down.',
    registers,
  })
  let hasProcessMetrics = false
  const known = (form: string, destination?: string) => {
    const keys = destinations().get(form)
    return {
      form: keys ? form : 'other',
      ...(destination === undefined ? {} : { destination: keys?.has(destination) ? destination : 'other' }),
    }
  }

  return {
    answered: (form, outcome) => leads.inc({ ...known(form), outcome }),
    stored: (form, seconds) => storing.observe(known(form), seconds),
    called({ form, destination, outcome, status, seconds }) {
      const labels = known(form, destination)
      const http = status === undefined ? 'none' : `${Math.floor(status / 100)}xx`
      answers.inc({ ...labels, outcome, http })
      calls.observe(labels, seconds)
    },
    decided: (form, destination, seconds) =>
      deliveries.observe(known(form, destination), Math.max(0, seconds)),
    ran: (kind, seconds) => database.observe({ kind }, seconds),
    async render(rows, status, messages = []) {
      // From the first request on: measuring the event loop costs a little.
      if (!hasProcessMetrics) collectDefaultMetrics({ register: registry })
      hasProcessMetrics = true
      queue.reset()
      oldest.reset()
      for (const { form, destination, ...row } of rows) {
        const labels = known(form, destination)
        for (const [state, count] of Object.entries(row.deliveries)) queue.inc({ ...labels, state }, count)
        oldest.set(labels, row.oldestWaitingSeconds)
      }
      messageGauge.reset()
      for (const { receiver, counts } of messages) {
        for (const [state, count] of Object.entries(counts)) messageGauge.inc({ receiver, state }, count)
      }
      up.set({ ok: 2, degraded: 1, down: 0 }[status])
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}
