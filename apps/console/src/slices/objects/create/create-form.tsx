import type { IntentOf } from '@orbweaver/contracts/intent'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { RuleTemplate } from '@orbweaver/istio/rules/template'
import { FormPage } from '@orbweaver/ui/form-shell'
import { Button, Form } from 'antd'
import { useState } from 'react'
import { useGo } from '../../../app/location.ts'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { useFindingText } from '../../../app/wording.tsx'
import { paths } from '../../../paths.ts'
import { CheckSection, useCheck } from '../editor/check.tsx'
import { useLeaveGuard } from '../editor/leave-guard.tsx'
import { Note } from '../editor/notices.tsx'
import { planRemarks } from '../editor/remarks.ts'
import { LazyTextPane } from '../editor/lazy-text-pane.tsx'
import { useKindSchema } from '../editor/use-schema.ts'
import { type Reading, readYaml, yamlOf } from '../editor/yaml.ts'
import '../objects.css'
import { useText } from '../text.ts'
import { carriedOver, type CreateValues, initialValues } from './create-values.ts'
import { PlaceFields } from './place-fields.tsx'
import { TemplateFields } from './template-fields.tsx'
import { TemplateSelect } from './template-select.tsx'

type Place = { cluster: string; namespaces: string[] }
type Creating = {
  mesh: string
  place: Place
  templates: readonly RuleTemplate[]
  template: RuleTemplate
  onTemplate: (id: string) => void
}

/** The form writes the YAML for as long as nobody writes there by hand; from then on the text is what counts. */
export function CreateForm(props: Creating) {
  const t = useText()
  const go = useGo()
  const { mesh, place, template } = props
  const [form] = Form.useForm<CreateValues>()
  const [values, setValues] = useState(() => initialValues(template))
  const [hand, setHand] = useState<string>()
  const [touched, setTouched] = useState(false)
  const guard = useLeaveGuard(touched || hand !== undefined, () => undefined)
  const text = hand ?? yamlOf(template.build(values, values.values))
  const reading = readYaml(text)
  const submit = useCreate({ mesh, place, release: guard.release })
  const choose = (next: RuleTemplate) => {
    const kept = carriedOver(values, template, next)
    form.setFieldsValue(kept)
    setValues(kept)
    props.onTemplate(next.id)
  }
  return (
    <div className="ow-rule-create">
      <FormPage<CreateValues>
        form={form}
        initial={values}
        verb={t('review')}
        loading={false}
        failure={undefined}
        disabled={reading.ok ? undefined : t(`fault.${reading.fault}`)}
        onChange={(next) => {
          setTouched(true)
          setValues({ ...next, values: { ...values.values, ...next.values } })
        }}
        onSubmit={() => reading.ok && submit(reading.object)}
        onCancel={() => go(paths.objects(mesh))}
        preview={<Preview {...props} text={text} reading={reading} onText={setHand} />}
      >
        {hand === undefined ? (
          <>
            <TemplateSelect {...props} onChoose={choose} />
            <PlaceFields place={place} namespace={values.namespace} />
            <TemplateFields template={template} />
          </>
        ) : (
          <Note actions={<Button onClick={() => setHand(undefined)}>{t('form.back')}</Button>}>{t('form.byHand')}</Note>
        )}
      </FormPage>
      {guard.dialog}
    </div>
  )
}

function Preview(props: Creating & { text: string; reading: Reading; onText: (text: string) => void }) {
  const t = useText()
  const word = useFindingText()
  const { mesh, place, template, text, reading } = props
  const sample = template.build({ name: 'name', namespace: 'namespace' }, {})
  const { schema, error } = useKindSchema(refOf(place.cluster, sample))
  const check = useCheck()
  const plan = check.text === text ? check.plan : undefined
  const remarks =
    plan === undefined || !reading.ok ? none : planRemarks(plan, refOf(place.cluster, reading.object), word)
  return (
    <div className="ow-stack">
      <LazyTextPane
        text={text}
        onChange={props.onText}
        schema={schema}
        remarks={remarks}
        height="420px"
        aside={error !== null && <span className="ow-muted">{t('noSchema')}</span>}
      />
      <CheckSection
        check={check}
        text={text}
        held={reading.ok ? undefined : t(`fault.${reading.fault}`)}
        onRun={() => reading.ok && check.run(intentOf({ mesh, place }, reading.object), text)}
      />
    </div>
  )
}

const none: ReturnType<typeof planRemarks> = []

function intentOf(
  { mesh, place }: { mesh: string; place: Place },
  object: KubernetesObject,
): IntentOf<'objects.create'> {
  return { type: 'objects.create', mesh, cluster: place.cluster, object }
}

function useCreate(to: { mesh: string; place: Place; release: () => void }): (object: KubernetesObject) => void {
  const plan = usePlan()
  const go = useGo()
  return (object) =>
    plan.open(intentOf(to, object), {
      onDone: () => {
        to.release()
        go(paths.object(to.mesh, refOf(to.place.cluster, object)))
      },
    })
}
