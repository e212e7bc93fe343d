import { annotationsOf } from '@orbweaver/contracts/kubernetes'
import { step } from '../../pointer.ts'
import { nearestWord } from '../../values/nearest.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { replace } from '../operations.ts'

const code: Code = {
  code: 'service.export-to-not-found',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA0005'],
}
const annotation = 'networking.istio.io/exportTo'

/** Services shown to namespaces that are not there. */
export const exportTo: Judge = {
  says: [code],
  kinds: [kinds.service],
  where: 'every',
  judge(subject, world) {
    const text = annotationsOf(subject.object)[annotation] ?? ''
    if (text === '' || !world.complete(kinds.namespace)) return []
    const said = text.split(',').map((each) => each.trim())
    const isThere = (name: string) => world.clusters.some((view) => view.get(kinds.namespace, name) !== undefined)
    const lost = said.filter((each) => !['', '*', '.', '~'].includes(each) && !isThere(each))
    if (lost.length === 0) return []
    const names = world.clusters.flatMap((view) => view.list(kinds.namespace).map(({ metadata }) => metadata.name))
    const right = said.map((each) => (lost.includes(each) ? nearestWord(names, each) : each))
    const isClear = right.every((each) => each !== undefined)
    const pointer = `/metadata/annotations${step(annotation)}`
    const value = right.join(',')
    const fixes = isClear ? [fix(subject, { code: 'near-name', params: { value } }, [replace(pointer, value)])] : []
    return [found(subject, code, { pointer, params: { namespaces: lost.join(', ') }, fixes })]
  },
}
