import type { KubeconfigTest } from '@orbweaver/contracts/clusters'
import type { KubeconfigOrigin } from '@orbweaver/contracts/intent'
import { forbidden } from '@orbweaver/contracts/missing-right'
import { FormPage } from '@orbweaver/ui/form-shell'
import { Page } from '@orbweaver/ui/page'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Button, Form, type FormInstance } from 'antd'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useFailureOf } from '../../api/failure.ts'
import { useGo, useSearchOf } from '../../app/location.ts'
import { useArrivalOn, usePageTitle } from '../../app/page-title.ts'
import { lackedIn } from '../../app/rights/lacked.ts'
import { NotPermitted } from '../../app/rights/not-permitted.tsx'
import { usePlan } from '../../app/plan/use-plan.ts'
import { paths } from '../../paths.ts'
import './clusters.css'
import { Credentials } from './register/credentials.tsx'
import { Manifest } from './register/manifest.tsx'
import { Names } from './register/names.tsx'
import {
  emptyValues,
  intentOf,
  nameOf,
  originOf,
  type RegisterValues,
  sourceOf,
  staleContext,
} from './register/register-values.ts'
import { TestResult } from './register/test-result.tsx'
import { afterChange, type ConnectionTest, useKubeconfigTest } from './register/use-kubeconfig-test.ts'
import { lacksRights, loginProvider, registrationHeld } from './register/verdict.ts'
import { readRegister } from './search.ts'
import { SeveralPage } from './several/several-page.tsx'
import { useText } from './text.ts'

/** Testing dials what is pasted, so there is no form for who may not register: what they lack instead. */
export function RegisterPage() {
  const t = useText()
  usePageTitle(t('form.title'))
  const offered = useOffered()
  const right = lackedIn(offered.error)
  if (right !== undefined || !offered.isFetched) {
    return (
      <Page title={t('form.title')} facts={[t('form.lead')]}>
        {right === undefined ? (
          <Skeleton lines={8} />
        ) : (
          <NotPermitted title={t('form.mayNot')} hint={t('form.mayNotHint')} reasons={[forbidden(right)]} />
        )}
      </Page>
    )
  }
  return <RegisterForm offered={offered} />
}

/** Read by one component alone: another that mounts once this has failed would read it again, and both for ever. */
function useOffered() {
  return useQuery(api.clusters.offered.queryOptions({ retry: false, refetchInterval: false }))
}

/** Credentials, tested before anything is saved, then the cluster's name and place, then the plan. */
function RegisterForm(props: { offered: ReturnType<typeof useOffered> }) {
  const t = useText()
  const go = useGo()
  const [{ context }] = useSearchOf(readRegister)
  const { form, initial, values, set, change, test } = useRegistration(context)
  const { offered } = props
  const clear = () => set({ kubeconfig: '' })
  const register = useRegister(test, clear)
  const [several, setSeveral] = useState<KubeconfigOrigin>()
  useArrivalOn(several === undefined ? 'one' : 'several')
  const forget = () => {
    setSeveral(undefined)
    clear()
  }
  const held = registrationHeld(test)
  const failure = useFailureOf(offered.error)
  if (several !== undefined) {
    return <SeveralPage source={several} onBack={() => setSeveral(undefined)} onStarted={forget} />
  }
  const contexts = values.how === 'pasted' ? (test.result?.contexts ?? []) : []
  const source = sourceOf(values)
  return (
    <Page title={t('form.title')} facts={[t('form.lead')]}>
      <div className="ow-register">
        <FormPage
          form={form}
          initial={initial}
          verb={t('register')}
          onSubmit={() => register(values)}
          loading={false}
          failure={failure}
          onRetry={() => void offered.refetch()}
          disabled={held === undefined ? undefined : t(`held.${held}`)}
          onChange={change}
          onCancel={() => go(paths.clusters())}
          preview={<Aside test={test} name={values.name} />}
        >
          <Credentials
            how={values.how}
            offered={offered.data?.contexts}
            contexts={contexts}
            tested={test.result !== undefined}
            testing={test.testing}
            onFile={(kubeconfig) => set({ kubeconfig, context: '' })}
            onTest={() => void runTest(form, values, test)}
          />
          <SeveralHint
            count={values.how === 'pasted' ? contexts.length : (offered.data?.contexts.length ?? 0)}
            onSelect={() => setSeveral(values.how === 'offered' ? { kind: 'offered' } : source && originOf(source))}
          />
          <Names />
        </FormPage>
      </div>
    </Page>
  )
}

/** Where there is more than one to register, they need not be registered one by one. */
function SeveralHint(props: { count: number; onSelect: () => void }) {
  const t = useText()
  if (props.count < 2) return null
  return (
    <p className="ow-register-test">
      {t('several.hint', { count: props.count })}{' '}
      <Button type="link" size="small" onClick={props.onSelect}>
        {t('several.title')}
      </Button>
    </p>
  )
}

function Aside(props: { test: ConnectionTest; name: string }) {
  const t = useText()
  const { result } = props.test
  const provider = result === undefined ? undefined : loginProvider(result)
  const missing = result !== undefined && lacksRights(result)
  return (
    <>
      <TestResult test={props.test} verdicts={{ passed: t('result.passed'), blocked: t('result.blocked') }} />
      <Manifest name={props.name} provider={provider} lacksRights={missing} open={provider !== undefined || missing} />
    </>
  )
}

async function runTest(
  form: FormInstance<RegisterValues>,
  values: RegisterValues,
  test: ConnectionTest,
): Promise<void> {
  const source = sourceOf(values)
  if (source !== undefined) test.run(source)
  else await form.validateFields([values.how === 'pasted' ? 'kubeconfig' : 'offered']).catch(() => undefined)
}

/** What a test told of the context it asked: filled in where nobody said anything else. */
function proposal(result: KubeconfigTest, values: RegisterValues): Partial<RegisterValues> {
  const context = result.context ?? ''
  return {
    ...(values.name === '' ? { name: nameOf(context) } : {}),
    ...(values.how === 'pasted' ? { context } : {}),
  }
}

/** The form's values with the test of its credentials. */
function useRegistration(context: string | undefined) {
  const [form] = Form.useForm<RegisterValues>()
  const [initial] = useState(() => emptyValues(context))
  const [values, setValues] = useState(initial)
  const test = useKubeconfigTest((result) => {
    const proposed = proposal(result, values)
    form.setFieldsValue(proposed)
    setValues({ ...values, ...proposed })
  })
  const change = (given: Partial<RegisterValues>) => {
    const next = { ...values, ...given, ...staleContext(values, given) }
    setValues(next)
    form.setFieldsValue({ context: next.context })
    afterChange({ before: values, next, test })
  }
  const set = (next: Partial<RegisterValues>) => {
    form.setFieldsValue(next)
    change(next)
  }
  return { form, initial, values, set, change, test }
}

/** The plan takes over; once it is accepted nothing of the credentials stays in the page. */
function useRegister(test: ConnectionTest, clear: () => void) {
  const plan = usePlan()
  const go = useGo()
  return (values: RegisterValues) => {
    const { source, result } = test
    const context = result?.context
    if (source === undefined || context === undefined) return
    plan.open(intentOf(values, source, context), {
      onStarted: clear,
      onDone: () => go(paths.cluster(values.name)),
    })
  }
}
