import { AppLink } from '../../../app/link.tsx'
import { paths } from '../../../paths.ts'
import { ruleGroups } from '../kinds.ts'
import '../objects.css'
import { useText } from '../text.ts'

/** Which kind of rule: each says in one sentence what it is for. */
export function KindChoice(props: { mesh: string }) {
  const t = useText()
  return (
    <>
      {(['traffic', 'security'] as const).map((group) => (
        <section key={group} className="ow-section" aria-label={t(`view.${group}.title`)}>
          <div className="ow-section-head">
            <h2>{t(`view.${group}.title`)}</h2>
          </div>
          <ul className="ow-kinds">
            {ruleGroups[group].map((kind) => (
              <li key={kind}>
                <AppLink to={paths.objectCreate(props.mesh, kind)} className="ow-card ow-kind">
                  <strong>{t(`kindName.${kind}`)}</strong>
                  <code>{kind}</code>
                  <p className="ow-soft">{t(`kindAbout.${kind}`)}</p>
                </AppLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
