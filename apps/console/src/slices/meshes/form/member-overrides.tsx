import { at, isRecord, type Json, type JsonRecord, listAt, textAt } from '@orbweaver/contracts/json'
import { Advanced } from '@orbweaver/ui/form-shell'
import { withPath } from './draft.ts'
import { ChoiceInput } from './fields/inputs.tsx'
import { type Editing, PathField } from './fields/setting-field.tsx'
import { useFormText } from './text.ts'

/** The one setting that a member's own objects carry: its webhooks. All else is read where istiod runs. */
const injectByDefault = ['values', 'sidecarInjectorWebhook', 'enableNamespacesByDefault'] as const

/** What a member says otherwise than the mesh: nothing (it inherits), on, off, or null, which clears what it inherits. */
export function MemberOverrides({ spec, onSpec }: Pick<Editing, 'spec' | 'onSpec'>) {
  const t = useFormText()
  const members = listAt(spec, 'members').filter(isRecord)
  if (members.length === 0) return null
  const words = { true: t('on'), false: t('off'), null: t('member.cleared') }
  const summary = members.flatMap((member) => {
    const own = choiceOf(member)
    return own === undefined ? [] : [`${textAt(member, 'cluster') ?? ''}: ${words[own]}`]
  })
  return (
    <Advanced title={t('member.title')} summary={summary.join(' · ')} deferred>
      <p className="ow-soft">{t('member.lead')}</p>
      <div className="mesh-two">
        {members.map((member, index) => {
          const cluster = textAt(member, 'cluster') ?? ''
          const label = t('member.injectByDefault', { cluster })
          return (
            <PathField
              key={cluster}
              id={`member-${cluster}-inject`}
              label={label}
              field={`members[${cluster}].values`}
              sets={<code>sidecarInjectorWebhook.enableNamespacesByDefault</code>}
            >
              <ChoiceInput
                id={`member-${cluster}-inject`}
                label={label}
                placeholder={t('member.inherits')}
                value={choiceOf(member)}
                options={(['true', 'false', 'null'] as const).map((value) => ({ value, label: words[value] }))}
                onChange={(chosen) => onSpec(withMember(spec, index, chosen))}
              />
            </PathField>
          )
        })}
      </div>
    </Advanced>
  )
}

function choiceOf(member: JsonRecord): 'true' | 'false' | 'null' | undefined {
  const value = at(member, ...injectByDefault)
  if (value === null) return 'null'
  return typeof value === 'boolean' ? (value ? 'true' : 'false') : undefined
}

/** Changes what one member says, and no other path of the Mesh. */
export function withMember(spec: JsonRecord, index: number, chosen: Json | undefined): JsonRecord {
  const value = chosen === undefined ? undefined : chosen === 'null' ? null : chosen === 'true'
  const members = listAt(spec, 'members').map((member, place) =>
    place === index && isRecord(member) ? withPath(member, injectByDefault, value) : member,
  )
  return { ...spec, members }
}
