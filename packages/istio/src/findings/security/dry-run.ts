import { annotationsOf } from '@orbweaver/contracts/kubernetes'
import { step } from '../../pointer.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { isDryRun } from './policy-rules.ts'

const dry: Code = { code: 'authorizationpolicy.dry-run', severity: 'info', istio: 'accepts' }
const unclear: Code = { code: 'authorizationpolicy.dry-run-unclear', severity: 'warning', istio: 'ignores' }
const annotation = 'istio.io/dry-run'
const falses = ['0', 'f', 'F', 'false', 'False', 'FALSE']

/** Policies that only write down what they would do (istio authz/builder/builder.go, isDryRun), or mean to. */
export const dryRun: Judge = {
  says: [dry, unclear],
  kinds: [kinds.authorizationPolicy],
  judge(subject) {
    const value = annotationsOf(subject.object)[annotation]
    if (value === undefined || falses.includes(value)) return []
    const pointer = `/metadata/annotations${step(annotation)}`
    // Of an unclear value that is what Istio does already.
    const way = fix(subject, { code: 'enforce' }, [{ op: 'replace', path: pointer, value: 'false' }])
    const code = isDryRun(subject.object) ? dry : unclear
    return [found(subject, code, { pointer, params: { value }, fixes: [way] })]
  },
}
