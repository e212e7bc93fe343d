import type { SettingEffects } from '@orbweaver/contracts/plan'
import { usePlanText } from './text.ts'

/** When each changed setting takes effect, one section a way; the source of each is the file of Istio that makes it so. */
export function Effects(props: { effects: readonly SettingEffects[] }) {
  const t = usePlanText()
  return props.effects.map(({ effect, settings }) => (
    <section key={effect} className="ow-effect" aria-label={t(`effect.${effect}`)}>
      <h4>{t(`effect.${effect}`)}</h4>
      <p className="ow-soft">{t(`effectHint.${effect}`)}</p>
      <ul>
        {settings.map(({ path, cluster, source }) => (
          <li key={`${cluster} ${path}`}>
            <code>{path}</code>
            <span className="ow-muted">{t('cluster', { cluster })}</span>
            <small className="ow-muted">{source === '' ? t('effectUnknown') : t('effectSource', { source })}</small>
          </li>
        ))}
      </ul>
    </section>
  ))
}
