import type { Cluster } from '@orbweaver/contracts/clusters'
import type { Message } from '@orbweaver/contracts/message'
import { FormPage } from '@orbweaver/ui/form-shell'
import { Page } from '@orbweaver/ui/page'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Form } from 'antd'
import { api } from '../../api/api.ts'
import { codeOf } from '../../api/failure.ts'
import { useGo, useParam } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { QueryView } from '../../app/query-view.tsx'
import { NotPermitted } from '../../app/rights/not-permitted.tsx'
import { paths } from '../../paths.ts'
import { useListed } from '../../text/use-language.ts'
import { ClusterGone } from './cluster-gone.tsx'
import './clusters.css'
import { type EditValues, editHeld } from './edit/edit-values.ts'
import { useEdit } from './edit/use-edit.ts'
import { Credentials } from './register/credentials.tsx'
import { Identity, Reach, Short } from './register/place.tsx'
import { TestResult } from './register/test-result.tsx'
import { type PrometheusCandidate, PrometheusFields } from './prometheus/fields.tsx'
import { useText } from './text.ts'

/** What may be changed of a registered cluster, its credentials included; the plan says what follows. */
export function EditClusterPage() {
  const t = useText()
  const name = useParam('cluster')
  const title = t('edit.title', { cluster: name })
  usePageTitle(title)
  const query = useQuery(api.clusters.get.queryOptions({ input: { name } }))
  if (codeOf(query.error) === 'clusters.not_found') return <ClusterGone cluster={name} />
  return (
    <Page title={title} facts={[t('edit.lead')]}>
      {/* What somebody types outlives what is read anew meanwhile. */}
      <QueryView query={query}>
        {({ cluster, capabilities, editing }) => (
          <EditForm
            key={cluster.name}
            cluster={cluster}
            candidates={capabilities.prometheus?.candidates ?? []}
            lacks={editing}
          />
        )}
      </QueryView>
    </Page>
  )
}

/** Who may not save it plans all the same; credentials alone are not tested for them. */
function EditForm(props: { cluster: Cluster; candidates: readonly PrometheusCandidate[]; lacks: Message[] }) {
  const t = useText()
  const listed = useListed()
  const go = useGo()
  const { cluster, lacks } = props
  const mayNot = lacks.length > 0
  const { form, initial, values, set, change, test, runTest, submit } = useEdit(cluster)
  const offered = useQuery(api.clusters.offered.queryOptions({ retry: false, refetchInterval: false }))
  const verdicts = { passed: t('edit.passed'), blocked: t('edit.blocked') }
  const held = editHeld(initial, values, test)
  return (
    <div className="ow-register">
      {mayNot && <NotPermitted title={t('edit.mayNot')} hint={t('edit.mayPlan')} reasons={lacks} />}
      <FormPage<EditValues>
        form={form}
        initial={initial}
        verb={t('edit.verb')}
        onSubmit={submit}
        loading={false}
        failure={undefined}
        disabled={held === undefined ? undefined : t(`held.${held}`)}
        onChange={change}
        onCancel={() => go(paths.cluster(cluster.name))}
        preview={values.replace ? <TestResult test={test} verdicts={verdicts} /> : undefined}
      >
        <div className="ow-register-two">
          <Short name="displayName" />
          <Short name="provider" />
          <Short name="region" />
        </div>
        <Reach />
        <Identity summary={listed([values.userPrefix, values.groupPrefix].filter((each) => each !== ''))} />
        <PrometheusFields
          values={values}
          candidates={props.candidates}
          held={cluster.prometheusHolds}
          saved={cluster.spec.prometheus?.url}
          mayNot={mayNot}
          onChoose={set}
        />
        <Form.Item<EditValues>
          name="replace"
          valuePropName="checked"
          extra={t(mayNot ? 'edit.replaceMayNot' : 'edit.replaceHint')}
        >
          <Checkbox disabled={mayNot}>{t('edit.replace')}</Checkbox>
        </Form.Item>
        {values.replace && (
          <Credentials
            how={values.how}
            offered={offered.data?.contexts}
            contexts={values.how === 'pasted' ? (test.result?.contexts ?? []) : []}
            tested={test.result !== undefined}
            testing={test.testing}
            onFile={(kubeconfig) => set({ kubeconfig, context: '' })}
            onTest={() => void runTest()}
          />
        )}
      </FormPage>
    </div>
  )
}
