import type { Cluster } from '@orbweaver/contracts/clusters'
import { Form } from 'antd'
import { useState } from 'react'
import { useGo } from '../../../app/location.ts'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { paths } from '../../../paths.ts'
import { sourceOf, staleContext } from '../register/register-values.ts'
import { afterChange, useKubeconfigTest } from '../register/use-kubeconfig-test.ts'
import { editIntent, type EditValues, editValues } from './edit-values.ts'

/** The values of the form with the test of new credentials; begun once, from the cluster as it was then. */
export function useEdit(cluster: Cluster) {
  const [form] = Form.useForm<EditValues>()
  const [initial] = useState(() => editValues(cluster))
  const [values, setValues] = useState(initial)
  const plan = usePlan()
  const go = useGo()
  const change = (given: Partial<EditValues>) => {
    const next = { ...values, ...given, ...staleContext(values, given) }
    setValues(next)
    form.setFieldsValue({ context: next.context })
    afterChange({ before: values, next, test })
  }
  const set = (next: Partial<EditValues>) => {
    form.setFieldsValue(next)
    change(next)
  }
  const test = useKubeconfigTest(({ context = '' }) => {
    if (values.how !== 'pasted') return
    form.setFieldsValue({ context })
    setValues({ ...values, context })
  }, cluster.name)
  const runTest = async () => {
    const source = sourceOf(values)
    if (source !== undefined) test.run(source)
    else await form.validateFields([values.how === 'pasted' ? 'kubeconfig' : 'offered']).catch(() => undefined)
  }
  const submit = () =>
    plan.open(editIntent(cluster, values, test.source), {
      // Nothing of the credentials stays in the page.
      onStarted: () => set({ kubeconfig: '', proofToken: '', proofPassword: '' }),
      onDone: () => go(paths.cluster(cluster.name)),
    })
  return { form, initial, values, set, change, test, runTest, submit }
}
