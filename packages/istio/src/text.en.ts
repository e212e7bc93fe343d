import { meshText } from './blueprints/text.en.ts'
import { findingText } from './findings/text.en.ts'
import { injectionText } from './injection/text.en.ts'
import { networkText } from './networks/text.en.ts'
import { preflightText } from './preflight/text.en.ts'
import { ruleText } from './rules/text.en.ts'
import { accessText } from './simulate/access/text.en.ts'
import { routeText } from './simulate/route/text.en.ts'
import { startText } from './start/text.en.ts'

/**
 * Every sentence of this package in English, in i18next's form: `istio.finding.<code>.title`, `istio.preflight.check.<id>`,
 * `istio.mesh.gate.<code>`. Codes with dots are nested, as i18next reads them.
 */
export const istioText = {
  access: accessText,
  injection: injectionText,
  mesh: meshText,
  network: networkText,
  preflight: preflightText,
  finding: findingText,
  /** Why Istio does not take a certificate, or a reference to one. */
  fault: {
    'no-keys': 'it has neither cert and key nor tls.crt and tls.key',
    'no-certificate': 'it has no PEM certificate',
    ended: 'it has expired',
    'not-yet': 'it is not valid yet',
    kind: 'Istio reads none of that kind',
    'not-found': 'it does not exist',
    'not-granted': 'nothing lets the Gateway use it',
    several: 'there are several references, and Istio takes one',
  },
  /** What a policy is for: a word of findings and of the access simulator. */
  level: { port: 'port', mesh: 'mesh', namespace: 'namespace', workload: 'workload' },
  /** Of a host that has no port at all. */
  ports: { none: 'none' },
  route: routeText,
  rule: ruleText,
  start: startText,
}
