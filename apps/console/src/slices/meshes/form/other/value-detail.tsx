import type { Json } from '@orbweaver/contracts/json'
import { effectOf } from '@orbweaver/istio/meshes/effects'
import type { SettingId } from '@orbweaver/istio/meshes/settings'
import { settings } from '@orbweaver/istio/meshes/settings'
import type { ValueProblem } from '@orbweaver/istio/values/check'
import { saysDefault } from '@orbweaver/istio/values/given'
import { ownerOf, settingOf } from '@orbweaver/istio/values/owned'
import type { ValueField, ValueType } from '@orbweaver/istio/values/schema'
import { Button } from 'antd'
import { useFormText } from '../text.ts'
import type { Entry } from './entries.ts'
import { useOtherText } from './text.ts'
import { ValueInput } from './value-input.tsx'
import { shortText } from './value-list.tsx'

/** All about one value: Istio's words, what holds without it and when it holds, and its input where it is set here. */
export function ValueDetail(props: {
  entry: Entry
  /** What one member says: the mesh's settings do not stand in its way, they are what it inherits. */
  ofMember: boolean
  onValue: (value: Json | undefined) => void
}) {
  const t = useOtherText()
  const fault = useFault()
  const { entry, ofMember, onValue } = props
  const { path, field, given } = entry
  const id = `value-${path}`
  const isSet = field !== undefined && isSetHere(path, ofMember)
  return (
    <section className="mesh-values-detail" aria-label={path}>
      <h3>
        <label htmlFor={id}>
          <code>{path}</code>
        </label>
      </h3>
      {isSet && (
        <ValueInput
          id={id}
          label={t('value', { path })}
          type={field.type}
          value={given?.value}
          placeholder={given?.value === null ? t('cleared') : (shortText(field.default) ?? t('unset'))}
          onChange={onValue}
        />
      )}
      <Standing path={path} set={given !== undefined} ofMember={ofMember} />
      {entry.problems.map((each) => (
        <p key={each.path} role="alert" className="ow-ink-broken">
          {fault(each)}
        </p>
      ))}
      <Actions entry={entry} isSet={isSet} onValue={onValue} />
      {field !== undefined && <Facts field={field} />}
    </section>
  )
}

/** Clearing says null: what is inherited, from the mesh's settings or from the mesh itself, is gone, as in Helm. */
function Actions(props: { entry: Entry; isSet: boolean; onValue: (value: Json | undefined) => void }) {
  const t = useOtherText()
  const form = useFormText()
  const { entry, isSet, onValue } = props
  const { path, given } = entry
  return (
    <>
      {given !== undefined && saysDefault(given) && <p className="ow-soft">{t('says')}</p>}
      <div className="ow-row">
        {isSet && given?.value !== null && (
          <Button size="small" aria-label={t('clearOne', { path })} onClick={() => onValue(null)}>
            {t('clear')}
          </Button>
        )}
        {given !== undefined && (
          <Button size="small" aria-label={t('remove', { path })} onClick={() => onValue(undefined)}>
            {form('remove')}
          </Button>
        )}
      </div>
    </>
  )
}

function isSetHere(path: string, ofMember: boolean): boolean {
  return ownerOf(path) === undefined && (ofMember || settingOf(path)?.whole !== true)
}

/** What is to be known of a value before it is set. */
function Facts({ field }: { field: ValueField }) {
  const t = useOtherText()
  const form = useFormText()
  const { effects } = effectOf(field.path)
  return (
    <>
      <dl className="mesh-values-facts">
        <dt>{t('default')}</dt>
        <dd>{field.default === undefined ? t('noDefault') : <code>{JSON.stringify(field.default)}</code>}</dd>
        <dt>{t('type')}</dt>
        <dd>{t(`types.${wordOf(field.type)}`)}</dd>
        <dt>{t('effect')}</dt>
        <dd>{effects.map((each) => form(`effect.${each}`)).join(' · ')}</dd>
      </dl>
      {field.deprecated && <p>{t('deprecated')}</p>}
      <p className="mesh-values-doc" lang="en">
        {field.doc}
      </p>
    </>
  )
}

/** Who else decides the value, or a part of it. */
function Standing(props: { path: string; set: boolean; ofMember: boolean }) {
  const t = useOtherText()
  const nameOf = useSettingName()
  const owner = ownerOf(props.path)
  const setting = settingOf(props.path)
  if (owner !== undefined) return <p>{t(`owner.${owner}`)}</p>
  if (setting === undefined || props.ofMember) return null
  const how = setting.whole ? (props.set ? 'over' : 'whole') : 'part'
  return <p>{t(`setting.${how}`, { setting: nameOf(setting.id) })}</p>
}

function isSettingId(id: string): id is SettingId {
  return Object.hasOwn(settings, id)
}

function useSettingName() {
  const t = useFormText()
  return (id: string): string => {
    if (isSettingId(id)) return t(`setting.${id}.label`)
    if (id === 'scaling') return t('scaling.title')
    return t(id === 'size' ? 'size' : 'imageHub')
  }
}

function wordOf(type: ValueType) {
  return type.form === 'list' && type.of.form === 'string' ? 'texts' : type.form
}

function useFault() {
  const t = useOtherText()
  return ({ code, params }: ValueProblem): string =>
    t(`fault.${code === 'unknown' && params.nearest !== undefined ? 'near' : code}`, params)
}
