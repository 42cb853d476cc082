import type { PgBoss } from 'pg-boss'
import type { Database } from '../database/database.ts'
import type { Encryption } from '../database/encryption/encryption.ts'
import { createDeliveryStore } from '../leads/delivery-store.ts'
import { createCorrectionStore } from '../leads/follow-ups/correction-store.ts'
import { createStatusStore } from '../leads/follow-ups/status-store.ts'
import { correctionQueue, statusQueue } from '../leads/job-queue.ts'
import { createDeliverySweep } from '../leads/recovery/sweep-deliveries.ts'
import { createRoutingGate } from '../leads/routing/gate.ts'
import { wakeBlocked } from '../leads/routing/slots.ts'
import { type DeliverySweeper, startDeliverySweeper } from './delivery-sweeper.ts'
import {
  type DeliverySettings,
  type DeliveryWorker,
  startDeliveryWorker,
  type WorkerDeps,
} from './delivery-worker.ts'
import { startCorrectionWatcher } from './follow-ups/correction-watcher.ts'
import { startStatusPoller } from './follow-ups/status-poller.ts'

/** Everything that delivers stored leads and follows what becomes of them. */
export interface DeliveryService {
  readonly wakeWorker: DeliveryWorker['wake']
  readonly lastFind: DeliverySweeper['lastFind']
  /** Has leads looked at again that the rules of their form hold back, as the rules have changed. */
  reconsider(): Promise<void>
  /** Takes no more work, and resolves when what is under way has ended. */
  stop(): Promise<unknown>
  /** Looks no more for deliveries without a job. */
  stopSweeping: DeliverySweeper['stop']
  /** Leaves what is still under way to another relay. */
  abandon: DeliveryWorker['abandon']
}

/** Dependencies of {@link startDelivery}. */
export interface DeliveryServiceDeps extends Omit<WorkerDeps, 'deliveries' | 'gate'> {
  readonly database: Database
  readonly boss: PgBoss
  readonly encryption: Encryption
}

/** Takes up what a stopped relay has left, and starts to deliver. */
export async function startDelivery({
  database,
  boss,
  encryption,
  ...deps
}: DeliveryServiceDeps): Promise<DeliveryService> {
  const { settings, clock, log } = deps
  const routingFor: DeliverySettings['routingFor'] = (form) => settings().routingFor(form)
  const deliveries = createDeliveryStore(database, boss, encryption)
  const orphans = database.exclusive ? await deliveries.requeueOrphans(new Date(clock.now())) : 0
  if (orphans > 0) log('info', 'Requeued the deliveries of a stopped relay', { deliveries: orphans })
  await wakeBlocked(database)
  const worker = startDeliveryWorker({ ...deps, deliveries, gate: createRoutingGate(database, boss) })
  await startStatusPoller({
    ...deps,
    routingFor,
    campaigns: { contextFor: (destination) => settings().campaigns.contextFor(destination) },
    boss,
    store: createStatusStore(database, boss),
  })
  await startCorrectionWatcher({
    ...deps,
    routingFor,
    boss,
    store: createCorrectionStore(database, boss),
    wakeWorker: worker.wake,
  })
  const sweeper = startDeliverySweeper({ sweep: createDeliverySweep(database, boss), clock, log })
  return {
    wakeWorker: worker.wake,
    lastFind: sweeper.lastFind,
    reconsider: () => wakeBlocked(database),
    stop: () =>
      Promise.all([worker.stop(), ...[statusQueue, correctionQueue].map((name) => boss.offWork(name))]),
    stopSweeping: sweeper.stop,
    abandon: worker.abandon,
  }
}
