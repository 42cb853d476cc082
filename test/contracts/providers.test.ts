import { fiveCrmMethods } from '../../src/providers/fivecrm/config.ts'
import { admitadSubjects } from './subjects/admitad.ts'
import { devtekSubject } from './subjects/devtek.ts'
import { fiveCrmSubject } from './subjects/fivecrm.ts'
import { httpSubject } from './subjects/http.ts'
import { lotinfoSubject } from './subjects/lotinfo.ts'
import { webhookSubject } from './subjects/webhook.ts'
import { describeProvider } from './describe-provider.ts'

await describeProvider(devtekSubject)
for (const subject of admitadSubjects) await describeProvider(subject)
await describeProvider(lotinfoSubject)
for (const method of fiveCrmMethods) await describeProvider(fiveCrmSubject(method))
await describeProvider(webhookSubject)
await describeProvider(httpSubject)
