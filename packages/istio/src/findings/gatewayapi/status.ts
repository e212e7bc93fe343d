import { listAt, textAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'

const code: Code = { code: 'route.status', severity: 'warning', istio: 'ignores' }

const told = ['Accepted', 'ResolvedRefs', 'Programmed']

/** Status that says no, of the kinds whose status istioctl does not read. */
export const status: Judge = {
  says: [code],
  kinds: [kinds.tcpRoute, kinds.tlsRoute, kinds.listenerSet],
  judge(subject) {
    const { object } = subject
    const parents = listAt(object, 'status', 'parents').map((each, index) => ({
      conditions: listAt(each, 'conditions'),
      pointer: `/status/parents/${index}`,
    }))
    return [{ conditions: listAt(object, 'status', 'conditions'), pointer: '/status' }, ...parents].flatMap(
      ({ conditions, pointer }) =>
        conditions.flatMap((each, index) => {
          const type = textAt(each, 'type') ?? ''
          if (!told.includes(type) || textAt(each, 'status') !== 'False') return []
          const params = { type, reason: textAt(each, 'reason') ?? '', message: textAt(each, 'message') ?? '' }
          return [found(subject, code, { pointer: `${pointer}/conditions/${index}`, params })]
        }),
    )
  },
}
