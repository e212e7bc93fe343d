import type { InjectableNamespace } from '@orbweaver/contracts/sidecars'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { api } from '../../../api/api.ts'
import { useText } from '../text.ts'

/**
 * Namespaces of one cluster, found by typing, each with what its labels ask for now. A name that is not offered can be
 * typed all the same: somebody may label what they may not list.
 */
export function InjectField(props: {
  cluster: string
  /** Given by the form. */
  id?: string
  value?: string[]
  onChange?: (namespaces: string[]) => void
}) {
  const t = useText()
  const { cluster, id, value, onChange } = props
  const query = useQuery(api.sidecars.injectable.queryOptions({ input: { cluster } }))
  const offered = query.data?.items ?? []
  const unread = query.isError || query.data?.clusters.some(({ state }) => state !== 'fresh' && state !== 'stale')
  const policyOf = ({ policy, revision }: InjectableNamespace) =>
    t(`join.policy.${policy}`, { revision: revision ?? '' })
  return (
    <Select
      mode="tags"
      {...(id === undefined ? {} : { id })}
      {...(value === undefined ? {} : { value })}
      {...(onChange === undefined ? {} : { onChange })}
      loading={query.isPending}
      tokenSeparators={[',', ' ']}
      placeholder={t('join.injectSearch')}
      optionLabelProp="value"
      options={offered.map((each) => ({
        value: each.namespace,
        label: (
          <span className="mesh-inject-option">
            <span>{each.namespace}</span>
            <span className="ow-muted">{policyOf(each)}</span>
          </span>
        ),
      }))}
      notFoundContent={
        <span className="ow-soft">
          {query.isPending ? t('join.injectReading') : t(unread === true ? 'join.injectUnread' : 'join.injectNone')}
        </span>
      }
    />
  )
}
