import { masked, type Preview } from './preview.ts'
import { codeRequest, leadRequest } from './relay-requests.ts'

/** What a relay's form would be sent; the key is a lead's own credential. */
export function createRelayPreview(relay: string): Preview {
  return {
    lead: (lead) => [leadRequest(relay, { ...lead, key: masked })],
    code: (lead, code) => [codeRequest(relay, { ...lead, key: masked }, code)],
  }
}
