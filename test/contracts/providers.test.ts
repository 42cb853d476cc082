import { fiveCrmMethods } from '../../src/providers/fivecrm/config.ts'
import { admitadSubjects } from './admitad.ts'
import { devtekSubject } from './devtek.ts'
import { fiveCrmSubject } from './fivecrm.ts'
import { lotinfoSubject } from './lotinfo.ts'
import { describeProvider } from './provider.ts'

await describeProvider(devtekSubject)
for (const subject of admitadSubjects) await describeProvider(subject)
await describeProvider(lotinfoSubject)
for (const method of fiveCrmMethods) await describeProvider(fiveCrmSubject(method))
