import { parseJson } from '../../../providers/core/json.ts'
import { describeChainReport, parseChainReport } from '../../leads/privacy/consents/chain-report.ts'
import { verifyChain } from '../../leads/privacy/consents/verify-chain.ts'
import { type Command, CommandError, UsageError } from '../command.ts'
import { loadConfig } from '../read-config-file.ts'
import { withDatabase } from '../running/with-database.ts'
import { withLeads } from './with-leads.ts'

/** Verifies the receipts of consents. */
export const consentsVerifyCommand: Command = {
  words: ['consents', 'verify'],
  usage: '--config FILE [--known DIGEST]',
  summary: 'verifies that no receipt of a consent was changed or removed',
  options: { known: { type: 'string', about: 'the digest of a batch that was noted before' } },

  async run({ config: file, options }, { fetch }) {
    const known = typeof options['known'] === 'string' ? options['known'] : undefined
    if (known !== undefined && !/^[0-9a-f]{64}$/i.test(known))
      throw new UsageError('consents verify: --known is not a digest of 64 hexadecimal digits')
    const loaded = await loadConfig(file)
    const report = await withDatabase(loaded, fetch, {
      direct: (database) =>
        withLeads(database, loaded.config.encryption, (decrypted) => verifyChain(decrypted, known)),
      async remote(adminClient) {
        const response = await adminClient(
          `/admin/consents/verify${known === undefined ? '' : `?known=${known}`}`,
          {},
        )
        return parseChainReport(parseJson(await response.text()))
      },
    })
    if (!report) throw new CommandError('consents verify: the relay answered something else. Update both.')
    process.stdout.write(`${describeChainReport(report)}\n`)
    return report.intact ? 0 : 1
  },
}
