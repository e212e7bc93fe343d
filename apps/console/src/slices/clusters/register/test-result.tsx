import type { KubeconfigTest } from '@orbweaver/contracts/clusters'
import { Checks } from '@orbweaver/ui/checks'
import { Failure } from '@orbweaver/ui/failure'
import { KeyValue } from '@orbweaver/ui/key-value'
import { Section } from '@orbweaver/ui/page'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { Status } from '@orbweaver/ui/status'
import { useFailureOf } from '../../../api/failure.ts'
import { useCheckText } from '../../../app/wording.tsx'
import { useMessage } from '../../../text/messages.ts'
import { CredentialEnds } from '../credential-ends.tsx'
import { useText } from '../text.ts'
import type { ConnectionTest } from './use-kubeconfig-test.ts'

/** What the test found out, beside the form. */
export function TestResult(props: { test: ConnectionTest; verdicts: Verdicts }) {
  const t = useText()
  const failure = useFailureOf(props.test.error)
  const { result, testing } = props.test
  return (
    <Section title={t('result.title')}>
      <div aria-live="polite">
        {testing && <Skeleton lines={6} />}
        {!testing && failure !== undefined && <Failure failure={failure} />}
        {!testing && failure === undefined && result !== undefined && <Result of={result} verdicts={props.verdicts} />}
        {!testing && failure === undefined && result === undefined && (
          <>
            <Status health="unknown" word={t('result.waiting')} />
            <p className="ow-soft">{t('result.waitingHint')}</p>
          </>
        )}
      </div>
    </Section>
  )
}

/** What passing is good for, in words. */
type Verdicts = { passed: string; blocked: string }

function Result(props: { of: KubeconfigTest; verdicts: Verdicts }) {
  const t = useText()
  const say = useMessage()
  const text = useCheckText()
  const { refusal, accepted, warnings, checks } = props.of
  if (refusal !== undefined) return <Failure failure={{ what: t('result.refused'), next: say(refusal) }} />
  return (
    <div className="ow-stack">
      <Status
        health={accepted ? 'healthy' : 'broken'}
        word={accepted ? props.verdicts.passed : props.verdicts.blocked}
      />
      <Found of={props.of} />
      {props.of.ends.length > 0 && <CredentialEnds ends={props.of.ends} />}
      {warnings.length > 0 && (
        <ul aria-label={t('result.warnings')}>
          {warnings.map((warning) => (
            <li key={warning.code}>
              <Status health="attention" word={say(warning)} />
            </li>
          ))}
        </ul>
      )}
      <Checks label={t('checks')} checks={checks.map(({ cluster: _context, ...check }) => text(check))} />
    </div>
  )
}

function Found(props: { of: KubeconfigTest }) {
  const t = useText()
  const { context, server, kubernetesVersion, istio } = props.of
  const found = istio.map(({ namespace, revision, version }) =>
    [version ?? t('istio.unknownVersion'), revision, namespace].join(' · '),
  )
  return (
    <KeyValue
      columns={2}
      facts={[
        { label: t('result.context'), value: context },
        { label: t('result.kubernetes'), value: kubernetesVersion },
        { label: t('result.server'), value: server },
        { label: t('result.istio'), value: found.length === 0 ? t('istio.none') : found.join('; ') },
      ]}
    />
  )
}
