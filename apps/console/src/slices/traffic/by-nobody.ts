import type { AccessVerdict } from '@orbweaver/contracts/explain-access'
import { useExplainText } from '../../app/explain/text.ts'
import { undecided } from '../../app/explain/verdicts.ts'
import { useText } from './text.ts'

/** What stands in the place of a rule where none decides a call. */
export function useByNobody(): (verdict: AccessVerdict) => string {
  const t = useText()
  const tExplain = useExplainText()
  return (verdict) => {
    const nobody = undecided(verdict)
    return nobody === 'byDefault' ? t('byDefault') : tExplain(nobody)
  }
}
