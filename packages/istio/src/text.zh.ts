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
  fault: {
    'no-keys': '其中既没有 cert 和 key，也没有 tls.crt 和 tls.key',
    'no-certificate': '其中没有 PEM 证书',
    ended: '它已过期',
    'not-yet': '它尚未生效',
    kind: 'Istio 不读取该类型',
    'not-found': '它不存在',
    'not-granted': '该 Gateway 未获准使用它',
    several: '有多个引用，而 Istio 只接受一个',
  },
  level: { port: '端口', mesh: '网格', namespace: '命名空间', workload: '工作负载' },
  ports: { none: '无' },
  route: routeText,
  rule: ruleText,
  start: startText,
}
