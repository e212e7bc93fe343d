import { meshText } from './blueprints/text.zh.ts'
import { findingText } from './findings/text.zh.ts'
import { injectionText } from './injection/text.zh.ts'
import { networkText } from './networks/text.zh.ts'
import { preflightText } from './preflight/text.zh.ts'
import { ruleText } from './rules/text.zh.ts'
import { accessText } from './simulate/access/text.zh.ts'
import { routeText } from './simulate/route/text.zh.ts'
import { startText } from './start/text.zh.ts'

export const istioText = {
  access: accessText,
  injection: injectionText,
  mesh: meshText,
  network: networkText,
  preflight: preflightText,
  finding: findingText,
  /** What a policy is for: a word of findings and of the access simulator. */
  level: { port: '端口', mesh: '网格', namespace: '命名空间', workload: '工作负载' },
  route: routeText,
  rule: ruleText,
  start: startText,
}
