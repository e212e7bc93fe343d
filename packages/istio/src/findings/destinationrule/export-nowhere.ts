import { kinds } from '../../world/kinds.ts'
import { exportsNowhere } from '../exports.ts'
import type { Code, Judge } from '../finding.ts'

const code: Code = {
  code: 'destinationrule.export-nowhere',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA0005'],
}

/** Exported to a namespace that does not exist: nobody there sees it. */
export const exportNowhere: Judge = {
  says: [code],
  kinds: [kinds.destinationRule],
  judge: (subject, world) => exportsNowhere(subject, world, code),
}
