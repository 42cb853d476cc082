import type { DiskSpace } from '../../database/disk/disk-space.ts'
import type { HealthCheck } from './health-check.ts'

/** Knows whether the disk of the database has the space for another lead. */
export function createSpaceCheck(space: DiskSpace): HealthCheck {
  return {
    name: 'space',
    async check() {
      const level = space.level()
      const facts = { level, freeBytes: space.freeBytes() }
      return level === 'enough'
        ? { status: 'ok', facts }
        : {
            status: 'down',
            reason: 'The disk of the database is almost full, and leads are refused: free some space.',
            facts,
          }
    },
  }
}
