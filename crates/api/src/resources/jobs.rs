//! Jobs: how far they are.

use crate::{Ctx, Error, Result, mount::Routes};
use contract::jobs::{GetJob, Job};

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(get_job)
}

async fn get_job(ctx: Ctx, GetJob { job_id }: GetJob) -> Result<Job> {
    ctx.store().await?.job(job_id).await?.ok_or_else(Error::not_found)
}
