//! Service levels as the report has them: plain figures with the path of their clause.

use super::{Mark, Measure, Period, Sla, downtime};
use crate::contract::Contract;
use crate::report::{
    self, Service, SlaClaim, SlaMeasure, SlaPeriod, SlaPlace, SlaTarget, SlaTier, SlaWindow,
};

impl Sla {
    /// The service levels as the report has them; `required` is the availability that the kind of service is held
    /// against.
    pub fn reported(
        &self,
        contract: &Contract<'_>,
        service: Option<Service>,
        required: Option<f64>,
    ) -> report::Sla {
        let path = |at: &Mark| contract.tree.get(at.clause).path.to_string();
        let places = |marks: &[Mark]| -> Vec<SlaPlace> {
            marks.iter().map(|at| SlaPlace { clause: path(at), span: at.span }).collect()
        };
        let targets = self.targets.iter().map(|target| SlaTarget {
            service: target.service.clone(),
            availability: target.availability,
            period: target.period.map(period),
            downtime_minutes: downtime(target.availability),
            stated: !target.implied,
            clause: path(&target.at),
            span: target.at.span,
        });
        let tiers = self.series.iter().enumerate().flat_map(|(number, series)| {
            series.tiers.iter().map(move |tier| SlaTier {
                table: number + 1,
                service: series.service.clone(),
                measure: match series.measure {
                    Measure::Availability => SlaMeasure::Availability,
                    Measure::Downtime => SlaMeasure::Downtime,
                },
                level: tier.band.ko(series.measure),
                low: tier.band.low.map(|edge| edge.value),
                low_included: tier.band.low.and_then(|edge| edge.included),
                high: tier.band.high.map(|edge| edge.value),
                high_included: tier.band.high.and_then(|edge| edge.included),
                credit: tier.credit.ko(),
                credit_percent: tier.credit.percent(),
                clause: path(&tier.at),
                span: tier.at.span,
            })
        });
        let windows = self.windows.iter().map(|window| SlaWindow {
            notice_hours: window.notice,
            announced: window.announced,
            limit_minutes: window.limit,
            bounded: window.bounded,
            excluded: window.excluded,
            clause: path(&window.at),
            span: window.at.span,
        });
        let claims = self.claims.iter().map(|claim| SlaClaim {
            days: claim.days,
            clause: path(&claim.at),
            span: claim.at.span,
        });
        report::Sla {
            targets: targets.collect(),
            tiers: tiers.collect(),
            windows: windows.collect(),
            formulas: places(&self.formulas),
            exclusions: places(&self.exclusions),
            claims: claims.collect(),
            service,
            required,
        }
    }
}

fn period(period: Period) -> SlaPeriod {
    match period {
        Period::Month => SlaPeriod::Month,
        Period::Quarter => SlaPeriod::Quarter,
        Period::HalfYear => SlaPeriod::HalfYear,
        Period::Year => SlaPeriod::Year,
    }
}

impl super::Credit {
    /// The credit in hundredths of a fee, when it is counted so.
    pub fn percent(&self) -> Option<f64> {
        (self.unit == super::CreditUnit::Percent).then_some(self.value)
    }
}
