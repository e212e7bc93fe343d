import { type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'

const code: Code = { code: 'pod.injected-twice', severity: 'error', istio: 'accepts' }

/** Pods that two injectors have been at, or injection and a hand: two proxies want the same ports. */
export const proxiesTwice: Judge = {
  says: [code],
  kinds: [kinds.pod],
  where: 'every',
  judge(subject) {
    const { spec } = subject.object
    const running = [
      ...listAt(spec, 'containers').map((each, index) => ({ each, pointer: `/spec/containers/${index}` })),
      ...listAt(spec, 'initContainers').flatMap((each, index) =>
        textAt(each, 'restartPolicy') === 'Always' ? [{ each, pointer: `/spec/initContainers/${index}` }] : [],
      ),
    ]
    const [, second] = running.filter(({ each }) => isProxy(each))
    return second === undefined ? [] : [found(subject, code, { pointer: second.pointer })]
  },
}

/** By its name, or by an image of Istio's proxy whatever its registry and tag. */
function isProxy(container: Json): boolean {
  if (textAt(container, 'name') === 'istio-proxy') return true
  return /(^|\/)proxyv2(-[a-z]+)?([:@]|$)/.test(textAt(container, 'image') ?? '')
}
